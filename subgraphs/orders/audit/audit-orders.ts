import { Arg, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { pageSize } from '#platform/graphql/connection.type.ts';
import { CurrencyCodeScalar, DateTimeScalar, DecimalScalar } from '#platform/graphql/scalars.ts';
import { money, toDecimal } from '#platform/money/money.ts';
import { OrderStatusEnum, type PaymentStatus, PaymentStatusEnum } from '../order.type.ts';
import type { OrderStatus } from '../rules/order-lifecycle.ts';
import { brokenOrders, changedOrders, giftCardLines, leftUnfinished } from './findings.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class OrdersFinding {
  @Field(() => String)
  invariant!: string;

  @Field(() => String)
  subject!: string;

  @Field(() => String)
  detail!: string;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class AuditedGiftCards {
  @Field(() => ID)
  lineId!: string;

  @Field(() => Int)
  units!: number;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class GiftCardsBought extends AuditedGiftCards {
  @Field(() => ID)
  orderId!: string;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class AuditedOrder {
  @Field(() => ID)
  orderId!: string;

  @Field(() => OrderStatusEnum)
  status!: OrderStatus;

  @Field(() => PaymentStatusEnum)
  paymentStatus!: PaymentStatus;

  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Field(() => DecimalScalar)
  owed!: string;

  @Field(() => [String])
  codes!: string[];

  @Field(() => DateTimeScalar)
  placedAt!: Date;

  @Field(() => ID)
  cartId!: string;

  @Field(() => Boolean)
  hasGoods!: boolean;

  @Field(() => [AuditedGiftCards])
  giftCards!: AuditedGiftCards[];

  @Field(() => Boolean)
  settled!: boolean;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class OrdersAudit {
  @Field(() => [OrdersFinding])
  findings!: OrdersFinding[];

  @Field(() => [AuditedOrder])
  orders!: AuditedOrder[];

  @Field(() => String, { nullable: true })
  endCursor?: string | null;
}

const MOST_ORDERS = 1_000;
const MOST_OF_CARDS = 500;

@Resolver()
export class AuditOrders {
  @Internal()
  @Query(() => OrdersAudit)
  ordersAudit(
    @Arg('since', () => DateTimeScalar) since: Date,
    @Arg('until', () => DateTimeScalar) until: Date,
    @Arg('first', () => Int, { nullable: true }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<OrdersAudit> {
    return auditOrders(since, until, pageSize(first ?? MOST_ORDERS, 'first', MOST_ORDERS), after ?? '');
  }

  @Internal()
  @Query(() => [GiftCardsBought])
  giftCardLines(@Arg('orderIds', () => [ID]) orderIds: string[]): Promise<GiftCardsBought[]> {
    return giftCardLines(orderIds.slice(0, MOST_OF_CARDS));
  }
}

/** Looks at the orders that changed in a window, and once a window at what nobody finishes. */
export async function auditOrders(since: Date, until: Date, first: number, after: string): Promise<OrdersAudit> {
  const rows = await changedOrders(since, until, after, first + 1);
  const orders = rows.slice(0, first);
  const [broken, unfinished] = await Promise.all([
    brokenOrders(orders.map(({ id }) => id)),
    after === '' ? leftUnfinished() : [],
  ]);
  return {
    findings: [...broken, ...unfinished],
    orders: orders.map(({ id, status, currency, codes, settled, ...row }) => ({
      ...{ orderId: id, status, paymentStatus: row.payment_status, currency, codes, settled },
      ...{ placedAt: row.placed_at, cartId: row.cart_id, hasGoods: row.has_goods, giftCards: row.gift_cards },
      owed: toDecimal(money(row.owed, currency)),
    })),
    endCursor: rows.length > first ? (orders.at(-1)?.id ?? null) : null,
  };
}
