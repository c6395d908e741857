import type { PoolClient } from 'pg';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Authenticated } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { type CartRecord, COLUMNS, closed, isCartId, LIFE, newCartId, notFound, RETIRE } from './cart.records.ts';
import { CartPayload } from './cart.type.ts';
import { answered, type Changed } from './cart-payload.ts';
import { linesIn } from './currency-of-cart.ts';
import { database } from './database.ts';
import { mergeLines } from './rules/cart-lines.ts';

@InputType()
export class CartClaimInput {
  @Field(() => ID)
  cartId!: string;
}

@Resolver()
export class ClaimCart {
  @Authenticated()
  @Mutation(() => CartPayload, {
    description:
      "Moves a guest's lines into the signed-in customer's cart: quantities of the same variant add up, nothing is lost. The guest's id is dead afterwards.",
  })
  cartClaim(
    @Arg('input', () => CartClaimInput) { cartId }: CartClaimInput,
    @Ctx() context: Context,
  ): Promise<CartPayload> {
    return answered(() => claimCart(context, context.signedIn().customerId, cartId));
  }
}

/** Claiming twice is harmless; somebody else's cart does not exist. */
export function claimCart(context: Context, customerId: string, guestId: string): Promise<Changed> {
  return database.transaction(async (client) => {
    await client.query(RETIRE, [customerId]);
    const mine = await ownCart(client, customerId);
    const guest = isCartId(guestId) ? await claimable(client, guestId, customerId) : null;
    if (!guest) throw notFound();
    if (guest.id === mine.id || guest.status === 'CLAIMED') return { cart: mine };
    if (guest.status !== 'OPEN' || guest.expired) throw closed(guest);
    if (mine.status !== 'OPEN') throw closed(mine);
    // A cart that holds something keeps its currency; an empty one takes the guest's.
    const currency = mine.lines.length > 0 ? mine.currency : guest.currency;
    const guests = (await linesIn(context, guest.currency, currency))(guest.lines);
    const { lines, cut } = mergeLines(mine.lines, guests);
    await client.query(
      `UPDATE cart SET status = 'CLAIMED', customer_id = $2, version = version + 1, updated_at = now() WHERE id = $1`,
      [guest.id, customerId],
    );
    const merged = await client.query<CartRecord>(
      `UPDATE cart SET lines = $2, currency = $4, version = cart.version + 1, updated_at = now(), expires_at = now() + ${LIFE},
         email = coalesce(cart.email, g.email), note = coalesce(cart.note, g.note),
         delivery_address = coalesce(cart.delivery_address, g.delivery_address),
         billing_address = coalesce(cart.billing_address, g.billing_address),
         delivery_option_id = coalesce(cart.delivery_option_id, g.delivery_option_id),
         discount_codes = CASE WHEN cart.discount_codes = '{}' THEN g.discount_codes ELSE cart.discount_codes END
       FROM cart AS g WHERE cart.id = $1 AND g.id = $3 RETURNING ${COLUMNS}`,
      [mine.id, JSON.stringify(lines), guest.id, currency],
    );
    const warnings = cut
      ? [
          {
            code: 'INSUFFICIENT_STOCK' as const,
            message: 'At most 999 of one thing fit into a cart; we kept that many.',
          },
        ]
      : [];
    return { cart: merged.rows[0]!, warnings };
  });
}

/**
 * The customer's cart, made where there is none, and locked: two claims at once take turns. In one statement, since a cart
 * may become an order at any moment and the next one is made then.
 */
async function ownCart(client: PoolClient, customerId: string): Promise<CartRecord> {
  const { rows } = await client.query<CartRecord>(
    `INSERT INTO cart (id, customer_id, currency, added_keys, expires_at) VALUES ($1, $2, $3, '{}', now() + ${LIFE})
     ON CONFLICT (customer_id) WHERE status <> 'CLOSED' AND status <> 'CLAIMED' DO UPDATE SET customer_id = excluded.customer_id
     RETURNING ${COLUMNS}`,
    [newCartId(), customerId, SHOP.currency],
  );
  return rows[0]!;
}

/** A guest's cart or one of the customer's; others' are not even locked, so that nobody waits for a stranger's claim. */
async function claimable(client: PoolClient, id: string, customerId: string): Promise<CartRecord | null> {
  const { rows } = await client.query<CartRecord>(
    `SELECT ${COLUMNS} FROM cart WHERE id = $1 AND (customer_id IS NULL OR customer_id = $2) FOR UPDATE`,
    [id, customerId],
  );
  return rows[0] ?? null;
}
