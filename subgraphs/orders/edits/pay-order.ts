import { Arg, Ctx, Directive, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { changeableOrder, visibleOrder } from '../confirm-order-payment.ts';
import { database } from '../database.ts';
import { toOrder } from '../order.records.ts';
import type { Order, PaymentAction } from '../order.type.ts';
import { PaymentInput } from '../place-order.ts';
import { type EditRecord, editById, lastEdit } from './edit.records.ts';
import { OrderPayPayload } from './edit-payload.type.ts';
import { asRefusal, goOnWithEdit } from './run-edit.ts';

@InputType()
export class OrderPayInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => String, { nullable: true })
  accessToken?: string | null;

  @Field(() => PaymentInput)
  payment!: PaymentInput;

  @Field(() => String)
  idempotencyKey!: string;
}

@Resolver()
export class PayOrder {
  @Directive('@cost(weight: 100)')
  @Mutation(() => OrderPayPayload, {
    description:
      "Pays an order's `balance`, which a change of it made due. A declined card can be followed by another, with another\n" +
      'idempotencyKey; after 3-D Secure comes `orderPaymentConfirm`, as after `orderPlace`.',
  })
  orderPay(@Arg('input', () => OrderPayInput) input: OrderPayInput, @Ctx() context: Context): Promise<OrderPayPayload> {
    return payload(() => payOrder(context, input)) as Promise<OrderPayPayload>;
  }
}

interface Paid {
  order: Order;
  nextAction: PaymentAction | null;
}

export async function payOrder(context: Context, input: OrderPayInput): Promise<Paid> {
  const { orderId, accessToken, idempotencyKey: key, payment } = input;
  const record = await changeableOrder(context, orderId, accessToken);
  const edit = record.edit_id ? await editById(record.edit_id) : await lastEdit(orderId);
  if (edit?.state === 'APPLIED' && edit.payment?.key === key) return { order: toOrder(record), nextAction: null };
  if (edit?.state !== 'OPEN' || record.balance === 0n) throw nothingDue();
  const [claimed] = await claim(edit.id, key, payment.token, payment.provider ?? null);
  if (!claimed && (await editById(edit.id))?.payment?.key !== key) {
    throw new Refusal('PAYMENT_PENDING', 'This is being paid already. Finish it with your bank, then ask again.', {
      details: { payload: { order: toOrder(record), nextAction: record.next_action } },
    });
  }
  const settled = await goOnWithEdit(context, edit.id);
  if (settled.state === 'REFUSED') throw asRefusal(settled.refusal);
  return afterTrying(context, input, await editById(edit.id));
}

/** It waits: for the shopper's bank, or for another card. */
async function afterTrying(
  context: Context,
  { orderId, accessToken }: OrderPayInput,
  edit: EditRecord | null,
): Promise<Paid> {
  const record = await visibleOrder(context, orderId, accessToken);
  const order = toOrder(record);
  if (edit?.state === 'OPEN' && !edit.payment) {
    throw new Refusal('PAYMENT_DECLINED', edit.declined ?? 'The payment was declined.', {
      path: ['input', 'payment', 'token'],
      details: { payload: { order } },
    });
  }
  return { order, nextAction: edit?.state === 'OPEN' ? record.next_action : null };
}

const nothingDue = () =>
  new Refusal('INVALID_TRANSITION', 'Nothing of this order is due.', { path: ['input', 'orderId'] });

/** One try at a time: who comes second finds it taken. */
const claim = database.statement(
  'orders.claim-edit-payment',
  `UPDATE order_edit SET tries = tries + 1, declined = NULL,
     payment = jsonb_build_object('chargeId', id || '-' || (tries + 1), 'key', $2::text, 'token', $3::text, 'provider', $4::text)
   WHERE id = $1 AND state = 'OPEN' AND written AND payment IS NULL RETURNING id`,
);
