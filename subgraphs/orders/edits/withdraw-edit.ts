import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { visibleOrder } from '../confirm-order-payment.ts';
import { toOrder } from '../order.records.ts';
import type { Order } from '../order.type.ts';
import { OrderPayload } from '../order-error.type.ts';
import { lastEdit } from './edit.records.ts';
import { editSaga } from './edit.saga.ts';
import { runEdit, untilSettled } from './run-edit.ts';

@InputType()
export class OrderEditCancelInput {
  @Field(() => ID)
  orderId!: string;
}

@Resolver()
export class WithdrawEdit {
  @RequiresScopes('orders:write')
  @Mutation(() => OrderPayload, {
    description: 'Withdraws a change that waits to be paid: the order is as it was, and goes on. orders:write',
  })
  orderEditCancel(
    @Arg('input', () => OrderEditCancelInput) input: OrderEditCancelInput,
    @Ctx() context: Context,
  ): Promise<OrderPayload> {
    return payload(() => cancelEdit(context, input)) as Promise<OrderPayload>;
  }
}

/** A repetition answers with the order as it is. What was paid meanwhile stays, and is told. */
export async function cancelEdit(context: Context, { orderId }: OrderEditCancelInput): Promise<{ order: Order }> {
  const { edit_id: editId } = await visibleOrder(context, orderId);
  if (editId) await withdraw(context, editId);
  const edit = await lastEdit(orderId);
  const order = toOrder(await visibleOrder(context, orderId));
  if (edit?.state === 'WITHDRAWN') return { order };
  throw new Refusal(
    'INVALID_TRANSITION',
    edit ? 'The change has been made already.' : 'No change of this order is open.',
    {
      path: ['input', 'orderId'],
      details: { payload: { order } },
    },
  );
}

/** Ends an edit that waits, one way or the other: afterwards it does not hold the order any more. */
export async function withdraw(context: Context, editId: string): Promise<void> {
  const row = await editSaga(() => context).store.resume(editId);
  if (row) await runEdit(context, { ...row, overdue: true }, WITHDRAWN);
  else await untilSettled(editId);
}

const WITHDRAWN = new Refusal('INVALID_TRANSITION', 'The change of this order was withdrawn.');
