import { Arg, Ctx, Directive, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { DecimalScalar } from '#platform/graphql/scalars.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { loadOrders } from '../order.records.ts';
import type { Return } from '../order.type.ts';
import { ReturnPayload } from '../order-error.type.ts';
import { checkedAmount, hashOf } from '../refunds/refund-order.ts';
import { leftToRefund, runRefund } from '../refunds/run-refund.ts';
import { cannot } from './move-return.ts';
import { returnById, shownReturn } from './return.records.ts';

@InputType()
export class ReturnRefundInput {
  @Field(() => ID)
  returnId!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Less than what its units were paid for, e.g. for goods that were used; all of it when not given.',
  })
  amount?: string | null;
}

@Resolver()
export class RefundReturn {
  @RequiresScopes('orders:write')
  @Directive('@cost(weight: 50)')
  @Mutation(() => ReturnPayload, { description: 'Pays a return back whose goods were received, once. orders:write' })
  returnRefund(
    @Arg('input', () => ReturnRefundInput) input: ReturnRefundInput,
    @Ctx() context: Context,
  ): Promise<ReturnPayload> {
    return payload(() => refundReturn(context, input)) as Promise<ReturnPayload>;
  }
}

/** What its units were paid for goes back, once: the return itself is the key. */
export async function refundReturn(
  context: Context,
  { returnId, amount: given }: ReturnRefundInput,
): Promise<{ return: Return }> {
  const { order_id: orderId, status, lines } = await returnById(returnId);
  if (status === 'REFUNDED') return { return: await shownReturn(returnId) };
  if (status !== 'RECEIVED') throw cannot(status, 'REFUNDED');
  const [order] = await loadOrders([orderId]);
  const { currency } = order!;
  const amount = given == null ? null : checkedAmount(given, currency);
  await runRefund(context, {
    ...{ orderId, key: `return/${returnId}`, requestHash: hashOf(amount?.minor.toString() ?? null), amount },
    ...{ lines, lenient: true, restock: false, reason: null, returnId, actor: context.signedIn().customerId },
    left: await leftToRefund(context, orderId, currency),
  });
  return { return: await shownReturn(returnId) };
}
