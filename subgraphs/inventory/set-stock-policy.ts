import { Arg, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { database } from './database.ts';
import { ENSURE_STOCK, type Known } from './ensure-stock.ts';
import { announceStock } from './stock-news.ts';
import { checkAmount, MOST, StockErrorCode, StockPayload, variantNotFound } from './stock-payload.type.ts';
import { variantsByIds } from './variant.loaders.ts';

@InputType({
  description: 'Only what is given changes; null sets a limit or a threshold back to what it is without one.',
})
export class StockPolicySetInput {
  @Field(() => ID)
  variantId!: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether more may be ordered than there is.' })
  backorderable?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many may be ordered beyond what there is; any number when null. Not below what is promised so already; without effect where nothing may be.',
  })
  backorderLimit?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'From how many on stock counts as low; 5 when null.',
  })
  lowStockThreshold?: number | null;
}

@Resolver()
export class SetStockPolicyResolver {
  @RequiresScopes('inventory:write')
  @Mutation(() => StockPayload, { description: 'inventory:write' })
  stockPolicySet(@Arg('input', () => StockPolicySetInput) input: StockPolicySetInput): Promise<StockPayload> {
    return payload(() => setStockPolicy(input));
  }
}

/** Says whether a variant may be backordered, how far, and when few of it are few. */
export async function setStockPolicy(input: StockPolicySetInput) {
  const { variantId, backorderable, backorderLimit, lowStockThreshold } = input;
  if (backorderLimit != null) checkAmount(backorderLimit, 'backorderLimit');
  if (lowStockThreshold != null) checkAmount(lowStockThreshold, 'lowStockThreshold');
  if (variantId.includes('\0')) throw variantNotFound();
  await ensure(variantId, 'main');
  const [found] = await set(
    ...[variantId, backorderable ?? null],
    ...[backorderLimit !== undefined, backorderLimit ?? MOST],
    ...[lowStockThreshold !== undefined, lowStockThreshold ?? null],
  );
  if (!found) throw variantNotFound();
  if (!found.set) {
    throw new Refusal(
      StockErrorCode.BELOW_RESERVED,
      `${found.backordered} are promised beyond what is on hand: allow at least as many, or make it not backorderable.`,
      { path: ['input', 'backorderLimit'] },
    );
  }
  announceStock([variantId]);
  const [variant] = await variantsByIds([variantId]);
  return { variant: variant ?? null };
}

const ensure = database.statement<Known>('inventory.ensure-stock', ENSURE_STOCK);

/**
 * A policy that is withdrawn leaves as its limit what is promised so already, and nothing more is taken under it. A new
 * one has no limit unless it says so.
 */
const set = database.statement<{ set: boolean; backordered: number }>(
  'inventory.set-policy',
  `WITH locked AS (SELECT * FROM stock WHERE variant_id = $1 AND location_id = 'main' FOR NO KEY UPDATE),
   goal AS (
     SELECT on_hand, reserved, greatest(reserved - on_hand, 0) AS backordered, coalesce($2, backorderable) AS backorderable,
       CASE WHEN $3 THEN $4::int WHEN backorderable THEN backorder_limit ELSE ${MOST} END AS backorder_limit,
       CASE WHEN $5 THEN $6::int ELSE low_stock_at END AS low_stock_at
     FROM locked),
   done AS (
     UPDATE stock s SET on_hand = goal.on_hand, reserved = goal.reserved, backorderable = goal.backorderable,
       backorder_limit = CASE WHEN goal.backorderable THEN goal.backorder_limit ELSE backordered END,
       low_stock_at = goal.low_stock_at
     FROM goal WHERE s.variant_id = $1 AND s.location_id = 'main'
       AND (NOT goal.backorderable OR goal.backorder_limit >= backordered)
     RETURNING s.variant_id)
   SELECT EXISTS (SELECT FROM done) AS set, backordered FROM goal`,
);
