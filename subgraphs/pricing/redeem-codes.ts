import type { PoolClient } from 'pg';
import { Arg, Directive, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { database } from './database.ts';
import { normalCode } from './promotion.records.ts';
import { QuoteCode } from './quote.type.ts';

@Directive('@inaccessible')
@InputType()
export class CodesRedeemInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => ID, { nullable: true })
  customerId?: string | null;

  @Field(() => String)
  email!: string;

  @Field(() => [String])
  codes!: string[];
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
class CodesRedeemPayload {
  @Field(() => Boolean)
  redeemed!: boolean;

  @Field(() => [QuoteCode])
  refused!: QuoteCode[];
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
class CodesReleasePayload {
  @Field(() => Boolean)
  released!: boolean;
}

/** What the checkout saga asks; each may be repeated with the same order id. */
@Resolver()
export class RedeemCodes {
  @Internal()
  @Mutation(() => CodesRedeemPayload, { description: 'All codes for an order, or none. Idempotent by order id.' })
  codesRedeem(@Arg('input', () => CodesRedeemInput) input: CodesRedeemInput): Promise<CodesRedeemPayload> {
    return redeemCodes(input);
  }

  @Internal()
  @Mutation(() => CodesReleasePayload, { description: 'The undo. May run before, after and without codesRedeem.' })
  async codesRelease(@Arg('orderId', () => ID) orderId: string): Promise<CodesReleasePayload> {
    await releaseCodes(orderId);
    return { released: true };
  }
}

/** Thrown out of the transaction, so that nothing is taken where one code is refused. */
class UsedUp extends Error {
  readonly refused: QuoteCode;

  constructor(code: string, reason: string) {
    super(reason);
    this.refused = { code, applicable: false, reason };
  }
}

export async function redeemCodes({
  orderId,
  customerId,
  email,
  codes,
}: CodesRedeemInput): Promise<CodesRedeemPayload> {
  try {
    const redeemed = await database.transaction(async (client) => {
      const taken = await client.query(
        "INSERT INTO code_use (order_id, state) VALUES ($1, 'HELD') ON CONFLICT DO NOTHING RETURNING order_id",
        [orderId],
      );
      if (taken.rowCount === 0) return isHeld(client, orderId);
      // In one order for everybody, so that two orders with the same codes never wait for each other crosswise.
      for (const code of codes.map(normalCode).sort())
        await take(client, code, orderId, customerId ?? null, email.toLowerCase());
      return true;
    });
    return { redeemed, refused: [] };
  } catch (reason) {
    if (!(reason instanceof UsedUp)) throw reason;
    return { redeemed: false, refused: [reason.refused] };
  }
}

async function isHeld(client: PoolClient, orderId: string): Promise<boolean> {
  const { rows } = await client.query<{ state: string }>('SELECT state FROM code_use WHERE order_id = $1', [orderId]);
  return rows[0]?.state === 'HELD';
}

/**
 * The limit is in the write itself. The row stays locked until the end of the transaction, so that nobody else redeems
 * between the counting of this customer's and the noting of it. Its time is not looked at: it was good when the cart
 * was frozen.
 */
async function take(client: PoolClient, code: string, orderId: string, customerId: string | null, email: string) {
  const { rows } = await client.query<{ id: string; usage_limit_per_customer: number | null }>(
    `UPDATE promotion SET times_used = times_used + 1 WHERE code = $1 AND (usage_limit IS NULL OR times_used < usage_limit)
     RETURNING id, usage_limit_per_customer`,
    [code],
  );
  const [promotion] = rows;
  if (!promotion) throw new UsedUp(code, `The code ${code} has been used up meanwhile. Remove it to go on.`);
  const limit = promotion.usage_limit_per_customer;
  if (limit !== null) {
    const used = await client.query(
      'SELECT 1 FROM redemption WHERE promotion_id = $1 AND (email = $2 OR customer_id = $3) LIMIT $4',
      [promotion.id, email, customerId, limit],
    );
    if (used.rowCount === limit) throw new UsedUp(code, `You have used the code ${code} already. Remove it to go on.`);
  }
  await client.query('INSERT INTO redemption (order_id, promotion_id, customer_id, email) VALUES ($1, $2, $3, $4)', [
    ...[orderId, promotion.id, customerId, email],
  ]);
}

/**
 * Remembered even where nothing was taken: a redeeming that arrives late takes nothing any more. Two statements, since the
 * first waits for a redeeming under way, and only a later one sees what that has taken.
 */
export async function releaseCodes(orderId: string): Promise<void> {
  await database.transaction(async (client) => {
    await client.query(
      `INSERT INTO code_use (order_id, state) VALUES ($1, 'RELEASED')
       ON CONFLICT (order_id) DO UPDATE SET state = 'RELEASED'`,
      [orderId],
    );
    await client.query(
      `WITH r AS (DELETE FROM redemption WHERE order_id = $1 RETURNING promotion_id),
       p AS (SELECT promotion.id FROM promotion JOIN r ON r.promotion_id = promotion.id ORDER BY code FOR UPDATE OF promotion)
       UPDATE promotion SET times_used = times_used - 1 FROM p WHERE promotion.id = p.id`,
      [orderId],
    );
  });
}
