import { Arg, Field, ID, InputType, Int, Mutation, ObjectType, Resolver, registerEnumType } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { payload, UserError } from '#platform/graphql/user-error.type.ts';
import { database } from './database.ts';
import { announceStock } from './stock-news.ts';
import { variantsByIds } from './variant.loaders.ts';
import { Variant } from './variant.type.ts';

export enum StockErrorCode {
  VARIANT_NOT_FOUND = 'VARIANT_NOT_FOUND',
  LOCATION_NOT_FOUND = 'LOCATION_NOT_FOUND',
  INVALID_QUANTITY = 'INVALID_QUANTITY',
  BELOW_RESERVED = 'BELOW_RESERVED',
  STOCK_CHANGED = 'STOCK_CHANGED',
}
registerEnumType(StockErrorCode, { name: 'StockErrorCode' });

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

@ObjectType({ implements: UserError, simpleResolvers: true })
export class StockError extends UserError {
  @Field(() => StockErrorCode)
  code!: StockErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class StockPayload {
  @Field(() => Variant, { nullable: true })
  variant?: Variant | null;

  @Field(() => [StockError])
  userErrors!: StockError[];
}

@Resolver()
export class SetStockResolver {
  @RequiresScopes('inventory:write')
  @Mutation(() => StockPayload, { description: 'inventory:write' })
  stockSet(@Arg('input', () => StockSetInput) input: StockSetInput): Promise<StockPayload> {
    return payload(() => setStock(input));
  }
}

const MOST = 1_000_000_000;
const MAIN = 'main';

/** Sets what is on hand, unless more is promised already or somebody else was faster. */
export async function setStock({ variantId, onHand, location, expectedOnHand }: StockSetInput) {
  if (onHand < 0 || onHand > MOST) {
    throw new Refusal('INVALID_QUANTITY', `Set a quantity from 0 to ${MOST}.`, { path: ['input', 'onHand'] });
  }
  const [found] = await set(variantId, location ?? MAIN, onHand, expectedOnHand ?? null, location == null);
  if (!found?.set) throw refusal(found);
  announceStock([variantId]);
  const [variant] = await variantsByIds([variantId]);
  return { variant: variant ?? null };
}

interface Found {
  set: boolean;
  location_known: boolean;
  on_hand: number;
  reserved: number;
  as_expected: boolean;
}

/** `on_hand` and `reserved` come back as they were; with $5 they count over all locations. */
const set = database.statement<Found>(
  'inventory.set',
  `WITH known AS (SELECT FROM stock WHERE variant_id = $1 LIMIT 1),
   elsewhere AS (
     SELECT coalesce(sum(on_hand), 0)::int AS on_hand FROM stock WHERE $5 AND variant_id = $1 AND location_id <> $2),
   target AS (
     SELECT s.on_hand, s.reserved FROM stock s WHERE variant_id = $1 AND location_id = $2 FOR NO KEY UPDATE),
   changed AS (
     UPDATE stock s SET on_hand = $3::int - elsewhere.on_hand, reserved = target.reserved FROM target, elsewhere
     WHERE s.variant_id = $1 AND s.location_id = $2 AND $3::int - elsewhere.on_hand >= target.reserved
       AND ($4::int IS NULL OR $4 = target.on_hand + elsewhere.on_hand)
     RETURNING s.on_hand - target.on_hand AS by),
   journal AS (
     INSERT INTO stock_movement (variant_id, location_id, change, reason)
     SELECT $1, $2, by, 'SET' FROM changed WHERE by <> 0)
   SELECT EXISTS (SELECT FROM changed) AS set, target.on_hand IS NOT NULL AS location_known,
     coalesce(target.on_hand, 0) + elsewhere.on_hand AS on_hand, coalesce(target.reserved, 0) AS reserved,
     $4::int IS NULL OR $4 = target.on_hand + elsewhere.on_hand AS as_expected
   FROM known CROSS JOIN elsewhere LEFT JOIN target ON true`,
);

function refusal(found: Found | undefined): Refusal<StockErrorCode> {
  if (!found) {
    return new Refusal(StockErrorCode.VARIANT_NOT_FOUND, 'There is no such variant.', { path: ['input', 'variantId'] });
  }
  if (!found.location_known) {
    return new Refusal(
      StockErrorCode.LOCATION_NOT_FOUND,
      `The variant is not kept there; name no location, or ${MAIN}.`,
      {
        path: ['input', 'location'],
      },
    );
  }
  if (!found.as_expected) {
    return new Refusal(
      StockErrorCode.STOCK_CHANGED,
      `There are ${found.on_hand} on hand now; look again, then set it.`,
      {
        path: ['input', 'expectedOnHand'],
      },
    );
  }
  return new Refusal(
    StockErrorCode.BELOW_RESERVED,
    `${found.reserved} are promised to orders: set at least as many, or cancel orders first.`,
    { path: ['input', 'onHand'] },
  );
}
