import { Refusal } from '#platform/errors/refusal.ts';
import { money, parseDecimal, toDecimal } from '#platform/money/money.ts';
import type { Step } from '#platform/saga/saga.ts';
import { paymentRefund } from '#subgraphs/payments/contracts/charges.ts';
import { giftCardsReturn, giftCardsTake } from '#subgraphs/payments/contracts/gift-cards.ts';
import { database } from '../database.ts';
import { loadOrders } from '../order.records.ts';
import { notPaid } from './begin-refund.ts';
import type { RefundState } from './refund-state.ts';

/**
 * Asks payments, which holds the sum of an order's refunds within what was captured. A repetition answers the same. Gift
 * cards go back first: nobody has the money and the card.
 */
export const payBack: Step<RefundState> = {
  name: 'pay',
  async do(state) {
    const { context, orderId, refundId, amount, currency, reason } = state;
    if (isNothing(state)) return;
    await takeCards(state);
    const input = { orderId, refundId, amount, currency, reason, paymentId: state.paymentId ?? null };
    const { paymentRefund: result } = await context.ask(paymentRefund, { input });
    if (result.status === 'REFUSED') throw refusalOf(result.refusal);
    const { status, captured, refunded, sequence } = result;
    state.paid = { status, captured, refunded, sequence };
  },
  /** Lets go of the units and of the key: a refusal binds neither. */
  async undo({ context, orderId, refundId, giftCards, number }) {
    if (giftCards) {
      const [order] = await loadOrders([orderId]);
      const input = { orderId, takeId: refundId, number, email: order!.email };
      await context.ask(giftCardsReturn, { input });
    }
    await letGo(refundId);
  },
};

async function takeCards({
  context,
  orderId,
  refundId,
  giftCards: lines,
  amount,
  currency,
}: RefundState): Promise<void> {
  if (!lines) return;
  const cards = lines.reduce((sum, { unitMinor, take }) => sum + BigInt(unitMinor) * BigInt(take), 0n);
  const asked = parseDecimal(amount, currency)!.minor;
  // Beside other goods they go back whole.
  const isBesideGoods = asked > cards;
  const expectedMinor = (isBesideGoods ? cards : asked).toString();
  const input = { orderId, takeId: refundId, currency, lines, expectedMinor, untouched: false };
  const { giftCardsTake: answer } = await context.ask(giftCardsTake, { input });
  if (answer.taken) return;
  const left = toDecimal(money(BigInt(answer.leftMinor), currency));
  throw new Refusal(
    'AMOUNT_TOO_LARGE',
    answer.leftMinor === '0'
      ? 'These gift cards are spent: nothing of them can go back.'
      : `${left} ${currency} is left on these gift cards. Refund them by themselves, with amount "${left}".`,
    { path: ['input', 'amount'] },
  );
}

/** A return whose units were paid back before. */
export const isNothing = ({ amount }: RefundState): boolean => /^[0.]+$/.test(amount);

function refusalOf(refusal: { code: string; message: string } | null): Refusal {
  if (refusal?.code === 'nothing_captured') return notPaid();
  const message = refusal?.message ?? 'The payment provider refused the refund.';
  if (refusal?.code === 'payment_unknown')
    return new Refusal('AMOUNT_INVALID', message, { path: ['input', 'paymentId'] });
  return refusal?.code === 'amount_too_large'
    ? new Refusal('AMOUNT_TOO_LARGE', message, { path: ['input', 'amount'] })
    : new Refusal('INVALID_TRANSITION', message, { path: ['input', 'orderId'] });
}

const letGo = database.statement(
  'orders.let-go-of-refund',
  `WITH f AS (DELETE FROM refund WHERE id = $1 AND status = 'RUNNING' RETURNING lines)
   UPDATE order_line SET refunded = refunded - l.priced, returned = returned - l.restocked
   FROM f, jsonb_to_recordset(f.lines) AS l("lineId" text, priced int, restocked int) WHERE order_line.id = l."lineId"`,
);
