import { setTimeout as sleep } from 'node:timers/promises';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { runSaga } from '#platform/saga/saga.ts';
import type { SagaRow } from '#platform/saga/saga-store.ts';
import { log } from '#platform/telemetry/log.ts';
import { cancelSaga } from './cancel/cancel.saga.ts';
import { type CancelInput, tooLate } from './cancel/cancel-state.ts';
import { checkoutSaga } from './checkout/checkout.saga.ts';
import { checkoutConfig } from './checkout/config.ts';
import { untilSettled } from './checkout/idempotency.ts';
import { changeableOrder } from './confirm-order-payment.ts';
import { database } from './database.ts';
import { withdraw } from './edits/withdraw-edit.ts';
import { loadOrders, toOrder } from './order.records.ts';
import type { Order } from './order.type.ts';
import { actingStaff } from './order-access.ts';
import { OrderPayload } from './order-error.type.ts';
import { STATUS_MESSAGES } from './rules/order-lifecycle.ts';
import { writtenText } from './rules/written-text.ts';

@InputType()
export class OrderCancelInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => String, { nullable: true })
  accessToken?: string | null;

  @Field(() => String, { nullable: true })
  reason?: string | null;
}

@Resolver()
export class CancelOrder {
  @Mutation(() => OrderPayload)
  orderCancel(
    @Arg('input', () => OrderCancelInput) input: OrderCancelInput,
    @Ctx() context: Context,
  ): Promise<OrderPayload> {
    return payload(() => cancelOrder(context, input)) as Promise<OrderPayload>;
  }
}

/**
 * Before the parcel leaves: stops it, gives back money and stock, once. Before it is paid: gives the checkout up. A
 * repetition answers with the cancelled order.
 */
export async function cancelOrder(
  context: Context,
  { orderId, accessToken, reason }: OrderCancelInput,
): Promise<{ order: Order }> {
  const record = await changeableOrder(context, orderId, accessToken);
  if (record.status === 'CANCELLED') return { order: toOrder(record) };
  if (record.status === 'PENDING_PAYMENT') await giveUpCheckout(context, orderId);
  if (record.edit_id) await withdraw(context, record.edit_id);
  await beginCancelling(
    context,
    orderId,
    cancelInput(reason, actingStaff(context, { customerId: record.customer_id })),
  );
  return { order: await untilCancelled(orderId) };
}

/** Runs the cancellation of a confirmed order as far as it goes now; one that is under way is left to who is at it. */
export async function beginCancelling(context: Context, orderId: string, input: CancelInput): Promise<void> {
  const [row] = await begin(orderId, JSON.stringify(input));
  if (!row) return;
  await runSaga(
    cancelSaga(() => context),
    row,
  ).catch((cause) =>
    log.warn({ err: cause, order: orderId }, 'A cancellation was interrupted; the sweeper goes on with it'),
  );
}

function cancelInput(given: string | null | undefined, actor: string | null): CancelInput {
  const reason = given ? writtenText(given, 200) || null : null;
  const message = actor ? `${STATUS_MESSAGES.CANCELLED} by the shop` : STATUS_MESSAGES.CANCELLED;
  return { message: reason ? `${message}: ${reason}` : message, reason, actor };
}

/**
 * The time to pay is over at once. The provider is asked once more: what was paid meanwhile makes the order, which is
 * then cancelled like any other.
 */
async function giveUpCheckout(context: Context, orderId: string): Promise<void> {
  await endTimeToPay(orderId);
  const saga = checkoutSaga(() => context);
  const row = await saga.store.resume(orderId);
  if (row) {
    await runSaga(saga, { ...row, overdue: true }).catch((cause) =>
      log.warn({ err: cause, order: orderId }, 'A checkout was interrupted while it was given up; the sweeper goes on'),
    );
  }
  await untilSettled(orderId);
}

const endTimeToPay = database.statement(
  'orders.end-time-to-pay',
  `UPDATE saga SET due_at = least(due_at, now()) WHERE id = $1 AND name = 'checkout' AND state = 'WAITING'`,
);

const LOOK_EVERY_MS = 40;

/** Another process may be at it: an answer, or BUSY with a time. Money and stock may still be on their way back. */
async function untilCancelled(orderId: string): Promise<Order> {
  const until = Date.now() + checkoutConfig.waitMs;
  do {
    const [now] = await progress(orderId);
    if (now?.status === 'CANCELLED') {
      const [record] = await loadOrders([orderId]);
      if (record) return toOrder(record);
    }
    if (now?.saga !== 'RUNNING' && now?.status !== 'PENDING_PAYMENT') throw tooLate();
    await sleep(LOOK_EVERY_MS);
  } while (Date.now() < until);
  throw new Refusal('BUSY', 'The order is still being cancelled. Ask again in 2 seconds.', {
    details: { retryAfterSeconds: 2 },
  });
}

/** A cancellation that was refused, say because a parcel seemed to have left, may be tried again. */
const begin = database.statement<SagaRow>(
  'orders.begin-cancel',
  `INSERT INTO saga (id, name, step, state, lease_until, input)
   SELECT id, 'cancel', 'stop', 'RUNNING', now() + make_interval(secs => ${checkoutConfig.leaseMs / 1_000}), $2::jsonb
   FROM orders WHERE id = $1 AND status IN ('CONFIRMED', 'PREPARING') AND edit_id IS NULL
   ON CONFLICT (id, name) DO UPDATE SET step = excluded.step, state = excluded.state, fence = saga.fence + 1,
     lease_until = excluded.lease_until, input = excluded.input, refusal = NULL, begun_at = now(), attempts = 1,
     bugs = 1, updated_at = now() WHERE saga.state = 'REFUSED'
   RETURNING id, step, state, fence, input, refusal, false AS overdue`,
);

const progress = database.statement<{ status: string; saga: string | null }>(
  'orders.cancel-progress',
  `SELECT o.status, s.state AS saga FROM orders o LEFT JOIN saga s ON s.id = o.id AND s.name = 'cancel' WHERE o.id = $1`,
);
