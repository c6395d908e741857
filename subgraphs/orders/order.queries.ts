import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Query, Resolver, Root } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { Internal, RequiresScopes } from '#platform/graphql/access.ts';
import { decodeCursor, encodeCursor, page, pageSize } from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { isAccessGranted } from './contracts/access-grant.ts';
import { database } from './database.ts';
import {
  type LineRecord,
  loadOrders,
  neverWas,
  ORDER_COLUMNS,
  type OrderRecord,
  toOrder,
  toOrderLine,
} from './order.records.ts';
import { Order, OrderConnection, OrderCustomer, OrderStatusEnum } from './order.type.ts';
import { maySee, orderAccessToken } from './order-access.ts';
import { OrderForMail } from './order-for-mail.type.ts';
import type { OrderStatus } from './rules/order-lifecycle.ts';

@InputType()
class OrderFilter {
  @Field(() => [OrderStatusEnum], { nullable: true })
  status?: OrderStatus[] | null;

  @Field(() => String, { nullable: true })
  query?: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  placedAfter?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  placedBefore?: Date | null;
}

@Resolver(() => OrderCustomer)
export class OrderQueries {
  @Query(() => Order, {
    nullable: true,
    description: 'An order of the signed-in customer, of a guest who holds its access token, or of staff.',
  })
  async order(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
    @Arg('accessToken', () => String, { nullable: true }) accessToken?: string | null,
  ): Promise<Order | null> {
    return visible(context, await context.loader(loadOrders).load(id), accessToken);
  }

  @RequiresScopes('orders:read')
  @Query(() => OrderConnection, { nullable: true, description: 'orders:read' })
  orders(
    @Ctx() _context: Context,
    @Arg('filter', () => OrderFilter, { nullable: true }) filter?: OrderFilter | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ) {
    return listOrders({ ...filter }, first, after);
  }

  @FieldResolver(() => OrderConnection, { nullable: true, name: 'orders' })
  customerOrders(
    @Root() customer: OrderCustomer,
    @Ctx() context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ) {
    if (context.viewer?.customerId !== customer.id && !context.has('orders:read')) return null;
    return listOrders({ customerId: customer.id }, first, after);
  }

  @Internal()
  @Query(() => [OrderForMail], { nullable: 'items' })
  async ordersForMail(@Arg('ids', () => [ID]) ids: string[]): Promise<(OrderForMail | null)[]> {
    return (await loadOrders(ids)).map(
      (record) =>
        record && { ...toOrder(record), accessToken: orderAccessToken(record.id), customerId: record.customer_id },
    );
  }
}

export const references = {
  Order: async ({ id }: { id: string }, context: Context) =>
    visible(context, await context.loader(loadOrders).load(id)),
  OrderLine: async ({ id, accessGrant }: { id: string; accessGrant: string }, context: Context) =>
    grantedLine(await context.loader(loadLines).load(id), accessGrant),
  Customer: async ({ id }: { id: string }) => ({ id }),
};

function visible(context: Context, record: OrderRecord | null, accessToken?: string | null): Order | null {
  if (!record || neverWas(record)) return null;
  return maySee(context, { id: record.id, customerId: record.customer_id }, accessToken) ? toOrder(record) : null;
}

const grantedLine = (line: (LineRecord & { currency: string }) | null, grant: string) =>
  line && isAccessGranted(line.order_id, grant) ? toOrderLine(line, line.currency, grant) : null;

const linesByIds = database.statement<LineRecord & { currency: string }>(
  'orders.lines-by-ids',
  `SELECT l.*, l.unit_price::text, l.discount::text, l.tax::text, l.total::text, o.currency
   FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.id = ANY($1::text[])`,
);

async function loadLines(ids: readonly string[]) {
  const found = new Map((await linesByIds(ids)).map((line) => [line.id, line]));
  return ids.map((id) => found.get(id) ?? null);
}

interface Wanted {
  customerId?: string;
  status?: OrderStatus[] | null;
  query?: string | null;
  placedAfter?: Date | null;
  placedBefore?: Date | null;
}

/** Newest first; `query` finds a number or an e-mail by its beginning. What is still being placed is in no list. */
async function listOrders(wanted: Wanted, first: number | undefined, after: string | null | undefined) {
  const size = pageSize(first);
  const [placedAt, id] = after ? placeInList(after) : [null, null];
  const filter = [
    wanted.customerId ?? null,
    wanted.status ?? null,
    wanted.query ? `${wanted.query.replace(/[\\%_]/g, '\\$&')}%` : null,
    wanted.placedAfter ?? null,
    wanted.placedBefore ?? null,
  ];
  const [rows, [count]] = await Promise.all([newest(...filter, placedAt, id, size + 1), total(...filter)]);
  return page(rows.map(toOrder), {
    first: size,
    after,
    totalCount: count?.total ?? 0,
    cursor: (order) => encodeCursor([order.placedAt.toISOString(), order.id]),
  });
}

function placeInList(after: string): [string, string] {
  const [placedAt, id] = decodeCursor(after, 2);
  if (typeof placedAt !== 'string' || typeof id !== 'string' || Number.isNaN(Date.parse(placedAt)))
    throw new Denied('BAD_USER_INPUT', 'after is no cursor of this list; pass an endCursor that this list gave.');
  return [new Date(placedAt).toISOString(), id];
}

// Each case of LIKE has its index; in a plan for any query none could be used, which makes Postgres plan each anew.
const MATCHES = `($1::text IS NULL OR o.customer_id = $1) AND ($2::text[] IS NULL OR o.status = ANY($2))
  AND ($3::text IS NULL OR o.number LIKE upper($3) OR lower(o.email) LIKE lower($3))
  AND ($4::timestamptz IS NULL OR o.placed_at > $4) AND ($5::timestamptz IS NULL OR o.placed_at < $5)
  AND (o.confirmed_at IS NOT NULL OR o.payment_due_at IS NOT NULL)`;

const newest = database.statement<OrderRecord>(
  'orders.newest',
  `SELECT ${ORDER_COLUMNS} FROM orders o WHERE ${MATCHES}
     AND ($6::timestamptz IS NULL OR (o.placed_at, o.id) < ($6, $7::text)) ORDER BY o.placed_at DESC, o.id DESC LIMIT $8`,
  'values',
);

const total = database.statement<{ total: number }>(
  'orders.total',
  `SELECT count(*)::int AS total FROM orders o WHERE ${MATCHES}`,
  'values',
);
