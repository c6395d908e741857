import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { live } from '#platform/live/live.ts';
import { runSaga } from '#platform/saga/saga.ts';
import { log } from '#platform/telemetry/log.ts';
import { fulfillmentsCancel } from '#subgraphs/shipping/contracts/fulfillments-cancel.ts';
import { cancelSaga } from './cancel/cancel.saga.ts';
import { checkoutConfig } from './checkout/config.ts';
import { visibleOrder } from './confirm-order-payment.ts';
import { database } from './database.ts';
import { loadOrders, toOrder } from './order.records.ts';
import type { Order } from './order.type.ts';
import { OrderPayload } from './order-error.type.ts';
import { before, STATUS_MESSAGES } from './rules/order-lifecycle.ts';

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

/** Before the parcel leaves: stops it, gives back money and stock, once. A repetition answers with the cancelled order. */
export async function cancelOrder(
  context: Context,
  { orderId, accessToken, reason }: OrderCancelInput,
): Promise<{ order: Order }> {
  const record = await visibleOrder(context, orderId, accessToken);
  if (record.status === 'CANCELLED') return { order: toOrder(record) };
  const cancellable = before('CANCELLED').includes(record.status) && record.status !== 'PENDING_PAYMENT';
  if (!cancellable) throw tooLate();
  const { fulfillmentsCancel: parcels } = await context.ask(fulfillmentsCancel, { orderId });
  if (!parcels.cancelled) throw tooLate();
  const message = reason ? `${STATUS_MESSAGES.CANCELLED}: ${reason.slice(0, 200)}` : STATUS_MESSAGES.CANCELLED;
  const [row] = await cancel(orderId, message);
  if (row) {
    live.publish(`order:${orderId}`);
    const saga = cancelSaga(() => context);
    await runSaga(saga, {
      id: orderId,
      step: 'void',
      state: 'RUNNING',
      fence: 1,
      input: {},
      refusal: null,
      overdue: false,
    }).catch((reason) =>
      log.warn({ err: reason, order: orderId }, 'A cancellation was interrupted; the sweeper goes on with it'),
    );
  }
  const [after] = await loadOrders([orderId]);
  if (after?.status !== 'CANCELLED') throw tooLate();
  return { order: toOrder(after) };
}

const tooLate = () =>
  new Refusal('INVALID_TRANSITION', 'This order is on its way already and can no longer be cancelled.', {
    path: ['input', 'orderId'],
  });

const cancel = database.statement<{ id: string }>(
  'orders.cancel',
  `WITH o AS (
     UPDATE orders SET status = 'CANCELLED', payment_status = CASE payment_status WHEN 'PAID' THEN 'REFUNDED' ELSE 'VOIDED' END,
       refunded = CASE payment_status WHEN 'PAID' THEN total ELSE refunded END, version = version + 1, updated_at = now()
     WHERE id = $1 AND status IN ('CONFIRMED', 'PREPARING') RETURNING *),
   e AS (
     INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
     SELECT id, version, 'order.cancelled', $2, status, payment_status, fulfillment_status FROM o)
   INSERT INTO saga (id, name, step, state, lease_until, input)
   SELECT id, 'cancel', 'void', 'RUNNING', now() + make_interval(secs => ${checkoutConfig.leaseMs / 1_000}), '{}' FROM o
   RETURNING id`,
);
