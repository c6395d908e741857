import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { runSaga } from '#platform/saga/saga.ts';
import type { SagaRow, StoredRefusal } from '#platform/saga/saga-store.ts';
import { log } from '#platform/telemetry/log.ts';
import { checkoutConfig } from '../checkout/config.ts';
import { loadOrders } from '../order.records.ts';
import { editProgress } from './edit.records.ts';
import { editSaga } from './edit.saga.ts';

/** How an edit stands when nobody is at work on it. */
export type Settled = { state: 'DONE' | 'WAITING' } | { state: 'REFUSED'; refusal: StoredRefusal };

/** Goes on with an edit that this process holds, and tells how it stands then. BUSY with a time when that takes too long. */
export async function runEdit(context: Context, row: SagaRow, unpaid?: Refusal): Promise<Settled> {
  await runSaga(
    editSaga(() => context, unpaid),
    row,
  ).catch((reason) =>
    log.warn({ err: reason, edit: row.id }, 'The edit of an order was interrupted; the sweeper goes on with it'),
  );
  return untilSettled(row.id);
}

/** Goes on with an edit that waits for the shopper; where somebody else is at it, waits for him. */
export async function goOnWithEdit(context: Context, editId: string): Promise<Settled> {
  const row = await editSaga(() => context).store.resume(editId);
  return row ? runEdit(context, row) : untilSettled(editId);
}

/** For news of a payment that waited: goes on with the edit that may wait for it. */
export async function resumeEditOf(context: Context, orderId: string): Promise<void> {
  const [order] = await loadOrders([orderId]);
  if (!order?.edit_id) return;
  const saga = editSaga(() => context);
  const row = await saga.store.resume(order.edit_id);
  if (row) await runSaga(saga, row);
}

const LOOK_EVERY_MS = 40;

export async function untilSettled(editId: string): Promise<Settled> {
  const until = Date.now() + checkoutConfig.waitMs;
  do {
    const [saga] = await editProgress(editId);
    // Swept: it ended long ago.
    if (!saga || saga.state === 'DONE' || saga.state === 'WAITING') return { state: saga?.state ?? 'DONE' } as Settled;
    if (saga.state === 'REFUSED') return { state: 'REFUSED', refusal: saga.refusal! };
    if (saga.state === 'PARKED') break;
    await sleep(LOOK_EVERY_MS);
  } while (Date.now() < until);
  throw new Refusal('BUSY', 'The order is still being changed. Ask again in 2 seconds.', {
    details: { retryAfterSeconds: 2 },
  });
}

export const asRefusal = ({ code, message, path, details }: StoredRefusal): Refusal =>
  new Refusal(code, message, { ...(path ? { path } : {}), details: { ...details } });
