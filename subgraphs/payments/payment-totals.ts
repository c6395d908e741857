import { Arg, Directive, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { Internal } from '#platform/graphql/access.ts';
import { CurrencyCodeScalar, DecimalScalar } from '#platform/graphql/scalars.ts';
import { money, toDecimal } from '#platform/money/money.ts';
import { database } from './database.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class PaymentTotals {
  @Field(() => ID)
  orderId!: string;

  @Field(() => DecimalScalar)
  authorized!: string;

  @Field(() => DecimalScalar)
  captured!: string;

  @Field(() => DecimalScalar)
  refunded!: string;

  @Field(() => CurrencyCodeScalar)
  currency!: string;
}

@Resolver()
export class PaymentTotalsQuery {
  @Internal()
  @Query(() => [PaymentTotals], { nullable: 'items' })
  paymentTotals(@Arg('orderIds', () => [ID]) orderIds: string[]): Promise<(PaymentTotals | null)[]> {
    return paymentTotals(orderIds);
  }
}

const MOST_ORDERS = 200;

/** What was authorized, taken and given back for each order, over all its payments; null where there is none. */
export async function paymentTotals(orderIds: readonly string[]): Promise<(PaymentTotals | null)[]> {
  if (orderIds.length > MOST_ORDERS)
    throw new Denied('BAD_USER_INPUT', `paymentTotals takes at most ${MOST_ORDERS} orders at once.`);
  const found = new Map((await totals(orderIds)).map((row) => [row.order_id, row]));
  return orderIds.map((orderId) => {
    const row = found.get(orderId);
    if (!row) return null;
    const shown = (minor: bigint) => toDecimal(money(minor, row.currency));
    return {
      ...{ orderId, currency: row.currency, authorized: shown(row.authorized) },
      ...{ captured: shown(row.captured), refunded: shown(row.refunded) },
    };
  });
}

export interface OrderTotals {
  order_id: string;
  currency: string;
  authorized: bigint;
  captured: bigint;
  refunded: bigint;
  /** Grows with every movement of the order's money. */
  sequence: bigint;
}

export async function totalsOf(orderId: string): Promise<OrderTotals | null> {
  return (await totals([orderId]))[0] ?? null;
}

// What a capture left of its authorization was released by it.
const totals = database.statement<OrderTotals>(
  'payments.totals',
  `SELECT order_id, min(currency) AS currency, sum(captured)::bigint AS captured, sum(refunded)::bigint AS refunded,
     sum(movements)::bigint AS sequence,
     sum(CASE WHEN captured > 0 THEN captured WHEN status = 'AUTHORIZED' THEN amount ELSE 0 END)::bigint AS authorized
   FROM payment WHERE order_id = ANY($1::text[]) AND amount > 0 GROUP BY order_id`,
);
