import { Arg, Directive, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import type { StockShortage as Shortage } from './contracts/stock.ts';
import { database } from './database.ts';
import { goodsAwaited } from './goods-awaited.ts';
import { announceLow, lowStockConsumers } from './low-stock.ts';
import { ALLOCATION, SHORTAGES } from './stock-allocation.ts';
import { announceStock } from './stock-news.ts';

@Directive('@inaccessible')
@InputType()
export class StockReserveLineInput {
  @Field(() => ID)
  variantId!: string;

  @Field(() => Int)
  quantity!: number;
}

@Directive('@inaccessible')
@InputType()
export class StockReserveInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => [StockReserveLineInput])
  lines!: StockReserveLineInput[];

  @Field(() => Int)
  seconds!: number;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class StockShortage {
  @Field(() => ID)
  variantId!: string;

  @Field(() => Int)
  requested!: number;

  @Field(() => Int)
  available!: number;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class StockReservePayload {
  @Field(() => Boolean)
  held!: boolean;

  @Field(() => [StockShortage])
  shortages!: Shortage[];

  @Field(() => Boolean, { nullable: true, description: 'True where some of it was promised and is not there yet.' })
  backordered?: boolean | null;
}

@Resolver()
export class ReserveStockResolver {
  @Internal()
  @Mutation(() => StockReservePayload, {
    description:
      'All lines or none, idempotent by order id. Not held and nothing short: the order was released before, or its reservation expired.',
  })
  stockReserve(@Arg('input', () => StockReserveInput) input: StockReserveInput): Promise<StockReservePayload> {
    return reserveStock(input);
  }
}

const HELD = new Set(['RESERVED', 'COMMITTED', 'SHIPPED']);

/** Promises all lines to an order for so many seconds of the database's clock, which is that of the sweep, or none of them. */
export async function reserveStock({ orderId, lines, seconds }: StockReserveInput): Promise<StockReservePayload> {
  const quantities = sumByVariant(lines);
  const variantIds = [...quantities.keys()];
  const [taken] = await reserve(orderId, variantIds, [...quantities.values()], seconds, lowStockConsumers());
  if (taken?.held) {
    announceStock(variantIds);
    return { held: true, shortages: [], ...(taken.backordered && { backordered: true }) };
  }
  // Waiting at the gate, the statement may have overslept a call of the same order: what it saw is then out of date.
  const state = taken?.known ?? (await stateOf(orderId))[0]?.state;
  if (state) {
    const isAwaited = HELD.has(state) && (await goodsAwaited([orderId])).length > 0;
    return { held: HELD.has(state), shortages: [], ...(isAwaited && { backordered: true }) };
  }
  return { held: false, shortages: taken?.shortages ?? [] };
}

/** The gate lets calls of one order in one by one: its release holds the reservation and waits for stock, this the reverse. */
const reserve = database.statement<{
  held: boolean;
  known: string | null;
  shortages: Shortage[];
  backordered: boolean;
}>(
  'inventory.reserve',
  `WITH gate AS (SELECT pg_advisory_xact_lock(hashtextextended($1, 0))),
   known AS (SELECT state FROM reservation WHERE order_id = $1),
   want AS (
     SELECT line.* FROM gate CROSS JOIN unnest($2::text[], $3::int[]) AS line(variant_id, quantity)
     WHERE NOT EXISTS (SELECT FROM known)),${ALLOCATION},
   held AS (
     INSERT INTO reservation (order_id, state, variant_ids, location_ids, quantities, expires_at)
     SELECT $1, 'RESERVED', array_agg(variant_id), array_agg(location_id), array_agg(quantity), now() + make_interval(secs => $4)
     FROM portion HAVING sum(quantity) = (SELECT sum(quantity) FROM want)
     ON CONFLICT (order_id) DO NOTHING RETURNING order_id),
   taken AS (
     UPDATE stock s SET on_hand = portion.on_hand, reserved = portion.reserved + portion.quantity FROM portion
     WHERE EXISTS (SELECT FROM held) AND s.variant_id = portion.variant_id AND s.location_id = portion.location_id),
   ${announceLow('EXISTS (SELECT FROM held)', '$5')}
   SELECT EXISTS (SELECT FROM held) AS held, (SELECT state::text FROM known) AS known,
     EXISTS (SELECT FROM portion WHERE quantity > on_hand - reserved) AS backordered,
     CASE WHEN EXISTS (SELECT FROM held) THEN '[]' ELSE ${SHORTAGES} END AS shortages`,
);

const stateOf = database.statement<{ state: string }>(
  'inventory.reservation-state',
  'SELECT state::text FROM reservation WHERE order_id = $1',
);

/** What is wanted of each variant. */
export function sumByVariant(lines: readonly StockReserveLineInput[]): Map<string, number> {
  const quantities = new Map<string, number>();
  for (const { variantId, quantity } of lines) {
    if (quantity < 1) throw new Error(`A reservation of ${quantity} of ${variantId} makes no sense.`);
    quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity);
  }
  return quantities;
}
