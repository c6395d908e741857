import { Arg, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { database } from '../database.ts';
import { loadOrders, toOrder } from '../order.records.ts';
import { Order } from '../order.type.ts';
import { orderAccessToken } from '../order-access.ts';
import { OrderError } from '../order-error.type.ts';
import { hashOfToken } from './lookup-order.ts';

@InputType()
export class OrderLookupRedeemInput {
  @Field(() => String, { description: 'From the link that `orderLookup` had mailed.' })
  token!: string;
}

@ObjectType({ simpleResolvers: true, description: '`accessToken` lets a guest read and follow the order from now on.' })
export class OrderLookupRedeemPayload {
  @Field(() => Order, { nullable: true })
  order?: Order | null;

  @Field(() => String, { nullable: true })
  accessToken?: string | null;

  @Field(() => [OrderError])
  userErrors!: OrderError[];
}

@Resolver()
export class RedeemLookup {
  @Mutation(() => OrderLookupRedeemPayload, { description: 'Opens the order of a mailed link, once.' })
  orderLookupRedeem(
    @Arg('input', () => OrderLookupRedeemInput) input: OrderLookupRedeemInput,
  ): Promise<OrderLookupRedeemPayload> {
    return payload(() => redeemLookup(input)) as Promise<OrderLookupRedeemPayload>;
  }
}

/** Uses the link up; of two at once one is refused. */
export async function redeemLookup({ token }: OrderLookupRedeemInput): Promise<{ order: Order; accessToken: string }> {
  const [spent] = await spend(hashOfToken(token));
  const [record] = spent ? await loadOrders([spent.order_id]) : [];
  if (!record) {
    throw new Refusal('ORDER_NOT_FOUND', 'This link is too old or was used already. Ask for a new one.', {
      path: ['input', 'token'],
    });
  }
  return { order: toOrder(record), accessToken: orderAccessToken(record.id) };
}

const spend = database.statement<{ order_id: string }>(
  'orders.spend-lookup-token',
  'UPDATE lookup_token SET used_at = now() WHERE hash = $1 AND used_at IS NULL AND expires_at > now() RETURNING order_id',
);
