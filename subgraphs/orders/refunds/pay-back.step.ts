import { Refusal } from '#platform/errors/refusal.ts';
import type { Step } from '#platform/saga/saga.ts';
import { paymentRefund } from '#subgraphs/payments/contracts/charges.ts';
import { database } from '../database.ts';
import { notPaid } from './begin-refund.ts';
import type { RefundState } from './refund-state.ts';

/** Asks payments, which holds the sum of an order's refunds within what was captured. A repetition answers the same. */
export const payBack: Step<RefundState> = {
  name: 'pay',
  async do(state) {
    const { context, orderId, refundId, amount, currency, reason } = state;
    if (isNothing(state)) return;
    const input = { orderId, refundId, amount, currency, reason };
    const { paymentRefund: result } = await context.ask(paymentRefund, { input });
    if (result.status === 'REFUSED') throw refusalOf(result.refusal);
    const { status, captured, refunded, sequence } = result;
    state.paid = { status, captured, refunded, sequence };
  },
  /** Lets go of the units and of the key: a refusal binds neither. */
  async undo({ refundId }) {
    await letGo(refundId);
  },
};

/** A return whose units were paid back before. */
export const isNothing = ({ amount }: RefundState): boolean => /^[0.]+$/.test(amount);

function refusalOf(refusal: { code: string; message: string } | null): Refusal {
  if (refusal?.code === 'nothing_captured') return notPaid();
  const message = refusal?.message ?? 'The payment provider refused the refund.';
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
