import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { type Money, parseDecimal } from '#platform/money/money.ts';
import { runSaga } from '#platform/saga/saga.ts';
import type { StoredRefusal } from '#platform/saga/saga-store.ts';
import { log } from '#platform/telemetry/log.ts';
import { paymentTotals } from '#subgraphs/payments/contracts/charges.ts';
import { checkoutConfig } from '../checkout/config.ts';
import { database } from '../database.ts';
import { beginRefund, busy, type RefundWish } from './begin-refund.ts';
import { refundSaga } from './refund.saga.ts';

/** Has money go back and waits for it: an answer, or BUSY with a time. The sweeper goes on with what was interrupted. */
export async function runRefund(context: Context, wish: RefundWish): Promise<void> {
  const { id, row } = await beginRefund(wish);
  if (row) {
    await runSaga(
      refundSaga(() => context),
      row,
    ).catch((cause) => log.warn({ err: cause, refund: id }, 'A refund was interrupted; the sweeper goes on with it'));
  }
  await untilRefunded(id);
}

/** What payments holds of an order's money and may give back. */
export async function leftToRefund(context: Context, orderId: string, currency: string): Promise<Money> {
  const { paymentTotals: totals } = await context.ask(paymentTotals, { orderIds: [orderId] });
  const minor = (decimal: string | undefined) => parseDecimal(decimal ?? '0', currency)?.minor ?? 0n;
  return { minor: minor(totals[0]?.captured) - minor(totals[0]?.refunded), currency };
}

const LOOK_EVERY_MS = 40;

async function untilRefunded(id: string): Promise<void> {
  const until = Date.now() + checkoutConfig.waitMs;
  do {
    const [now] = await progress(id);
    if (now?.refund === 'FAILED') throw cameBack();
    // Recorded: what may still be missing is that its goods are on hand again.
    if (now?.refund && now.refund !== 'RUNNING') return;
    if (now?.saga === 'REFUSED') throw asRefusal(now.refusal!);
    if (now?.saga === 'PARKED') break;
    await sleep(LOOK_EVERY_MS);
  } while (Date.now() < until);
  throw busy('The refund is still being made.');
}

const cameBack = () =>
  new Refusal(
    'INVALID_TRANSITION',
    'This refund came back from the bank. Make another one, with a new idempotencyKey.',
    {
      path: ['input', 'idempotencyKey'],
    },
  );

const asRefusal = ({ code, message, path, details }: StoredRefusal): Refusal =>
  new Refusal(code, message, { ...(path ? { path } : {}), details: { ...details } });

const progress = database.statement<{ refund: string | null; saga: string | null; refusal: StoredRefusal | null }>(
  'orders.refund-progress',
  `SELECT f.status AS refund, s.state AS saga, s.refusal FROM (SELECT $1::text AS id) r
   LEFT JOIN refund f ON f.id = r.id LEFT JOIN saga s ON s.id = r.id AND s.name = 'refund'`,
);
