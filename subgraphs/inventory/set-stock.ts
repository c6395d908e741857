import type pg from 'pg';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { database } from './database.ts';
import { ENSURE_STOCK, type Known } from './ensure-stock.ts';
import { announceLow, lowStockConsumers } from './low-stock.ts';
import { announceStock } from './stock-news.ts';
import { checkAmount, StockErrorCode, StockPayload, variantNotFound } from './stock-payload.type.ts';
import { variantsByIds } from './variant.loaders.ts';

@InputType({
  description:
    'Sets what is on hand at one location, or, with none named, in total (the difference goes to the main one).',
})
export class StockSetInput {
  @Field(() => ID)
  variantId!: string;

  @Field(() => Int)
  onHand!: number;

  @Field(() => String, { nullable: true })
  location?: string | null;

  @Field(() => Int, { nullable: true, description: 'What you believe is there; anything else is STOCK_CHANGED.' })
  expectedOnHand?: number | null;
}

@Resolver()
export class SetStockResolver {
  @RequiresScopes('inventory:write')
  @Mutation(() => StockPayload, { description: 'inventory:write' })
  stockSet(@Arg('input', () => StockSetInput) input: StockSetInput, @Ctx() context: Context): Promise<StockPayload> {
    return payload(() => setStock(input, context.viewer?.customerId));
  }
}

const MAIN = 'main';

/** Sets what is on hand, unless more is promised already or somebody else was faster. */
export async function setStock(input: StockSetInput, staffId?: string) {
  const { variantId } = input;
  checkAmount(input.onHand, 'onHand');
  // One transaction, so that a refusal leaves no empty row behind.
  await database.transaction((client) => set(client, input, staffId));
  announceStock([variantId]);
  const [variant] = await variantsByIds([variantId]);
  return { variant: variant ?? null };
}

async function set(client: pg.PoolClient, input: StockSetInput, staffId?: string): Promise<void> {
  const { variantId, onHand, location, expectedOnHand } = input;
  const place = location ?? MAIN;
  if (variantId.includes('\0')) throw variantNotFound();
  if (place.includes('\0')) throw noLocation(place);
  const { rows: known } = await client.query<Known>(ENSURE_STOCK, [variantId, place]);
  if (!known[0]?.variant_known) throw variantNotFound();
  if (!known[0].location_known) throw noLocation(place);
  const { rows } = await client.query<Present>(SET, [
    ...[variantId, place, onHand, expectedOnHand ?? null, location == null],
    ...[staffId ?? null, lowStockConsumers()],
  ]);
  const [present] = rows;
  if (!present?.set) throw refusal(present!);
}

interface Present {
  set: boolean;
  on_hand: number;
  reserved: number;
  as_expected: boolean;
}

/**
 * `on_hand` and `reserved` come back as they were; with $5 `on_hand` counts over all locations. Backordered goods that
 * come in may be fewer than are promised: only lowering below what is reserved is refused.
 */
const SET = `WITH whole AS (
     SELECT * FROM stock WHERE variant_id = $1 ORDER BY location_id COLLATE "C" FOR NO KEY UPDATE),
   elsewhere AS (SELECT coalesce(sum(on_hand), 0) AS units FROM whole WHERE $5 AND location_id <> $2),
   target AS (SELECT on_hand, reserved, units AS elsewhere FROM whole CROSS JOIN elsewhere WHERE location_id = $2),
   aim AS (SELECT *, $3::bigint - elsewhere AS goal, on_hand + elsewhere AS present FROM target),
   changed AS (
     UPDATE stock s SET on_hand = aim.goal, reserved = aim.reserved FROM aim
     WHERE s.variant_id = $1 AND s.location_id = $2 AND ($4::int IS NULL OR $4 = aim.present)
       AND aim.goal >= least(aim.reserved, aim.on_hand)
     RETURNING (aim.on_hand - aim.goal)::int AS quantity),
   journal AS (
     INSERT INTO stock_movement (variant_id, location_id, change, reason, cause_id)
     SELECT $1, $2, -quantity, 'SET', $6 FROM changed WHERE quantity <> 0),
   fall AS (
     SELECT $1::text AS variant_id, sum(whole.on_hand - whole.reserved) AS available, changed.quantity, max(low_stock_at) AS low_stock_at
     FROM whole CROSS JOIN changed GROUP BY changed.quantity),
   ${announceLow('true', '$7')}
   SELECT EXISTS (SELECT FROM changed) AS set, least(present, 2147483647)::int AS on_hand, reserved, ($4::int IS NULL OR $4 = present) AS as_expected
   FROM aim`;

const noLocation = (location: string): Refusal =>
  new Refusal(StockErrorCode.LOCATION_NOT_FOUND, `There is no location ${JSON.stringify(location.slice(0, 40))}.`, {
    path: ['input', 'location'],
  });

const refusal = ({ on_hand, reserved, as_expected }: Present): Refusal =>
  as_expected
    ? new Refusal(
        StockErrorCode.BELOW_RESERVED,
        `${reserved} are promised to orders: set at least as many, or cancel orders first.`,
        { path: ['input', 'onHand'] },
      )
    : new Refusal(StockErrorCode.STOCK_CHANGED, `There are ${on_hand} on hand now; look again, then set it.`, {
        path: ['input', 'expectedOnHand'],
      });
