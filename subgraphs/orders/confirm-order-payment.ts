import { Arg, Ctx, Directive, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { runSaga } from '#platform/saga/saga.ts';
import { log } from '#platform/telemetry/log.ts';
import { paymentConfirm } from '#subgraphs/payments/contracts/payments.ts';
import { checkoutSaga } from './checkout/checkout.saga.ts';
import { untilSettled } from './checkout/idempotency.ts';
import { goOnWithEdit } from './edits/run-edit.ts';
import { loadOrders, type OrderRecord, toOrder } from './order.records.ts';
import type { Order } from './order.type.ts';
import { mayChange, maySee } from './order-access.ts';
import { OrderPayload } from './order-error.type.ts';
import { busy } from './place-order.ts';

@InputType()
export class OrderPaymentConfirmInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => String, { nullable: true })
  accessToken?: string | null;
}

@Resolver()
export class ConfirmOrderPayment {
  @Directive('@cost(weight: 50)')
  @Mutation(() => OrderPayload, {
    description: 'After the shopper has acted on `nextAction`: asks the provider and goes on.',
  })
  orderPaymentConfirm(
    @Arg('input', () => OrderPaymentConfirmInput) input: OrderPaymentConfirmInput,
    @Ctx() context: Context,
  ): Promise<OrderPayload> {
    return payload(() => confirmOrderPayment(context, input)) as Promise<OrderPayload>;
  }
}

/** Goes on with a checkout that waits for the shopper. Repeated, it answers with the order as it is. */
export async function confirmOrderPayment(
  context: Context,
  { orderId, accessToken }: OrderPaymentConfirmInput,
): Promise<{ order: Order }> {
  const { edit_id: editId } = await visibleOrder(context, orderId, accessToken);
  await context.ask(paymentConfirm, { orderId });
  if (editId) await goOnWithEdit(context, editId);
  const saga = checkoutSaga(() => context);
  const row = await saga.store.resume(orderId);
  if (row) {
    await runSaga(saga, row).catch((reason) =>
      log.warn({ err: reason, order: orderId }, 'A checkout was interrupted; the sweeper goes on with it'),
    );
  }
  const settled = await untilSettled(orderId);
  if (!settled || settled.state === 'PARKED') throw busy();
  if (settled.state === 'REFUSED') throw new Refusal(settled.refusal.code, settled.refusal.message);
  const order = toOrder(await visibleOrder(context, orderId, accessToken));
  if (settled.state === 'WAITING') {
    throw new Refusal(
      'PAYMENT_PENDING',
      'The payment is not confirmed yet. Finish it with your bank, then ask again.',
      {
        details: { payload: { order } },
      },
    );
  }
  return { order };
}

/** An order that this viewer may see; what he may not see does not exist. */
export async function visibleOrder(context: Context, id: string, accessToken?: string | null): Promise<OrderRecord> {
  const [record] = await loadOrders([id]);
  if (!record || !maySee(context, { id, customerId: record.customer_id }, accessToken)) {
    throw new Refusal('ORDER_NOT_FOUND', 'There is no such order.', { path: ['input', 'orderId'] });
  }
  return record;
}

/** One that this viewer may also change. */
export async function changeableOrder(context: Context, id: string, accessToken?: string | null): Promise<OrderRecord> {
  const record = await visibleOrder(context, id, accessToken);
  if (mayChange(context, { id, customerId: record.customer_id }, accessToken)) return record;
  throw new Denied('FORBIDDEN', 'This needs the scope orders:write.');
}
