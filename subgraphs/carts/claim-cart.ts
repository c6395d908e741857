import type { PoolClient } from 'pg';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Authenticated } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { type CartRecord, COLUMNS, closed, isCartId, LIFE, newCartId, notFound, RETIRE } from './cart.records.ts';
import { CartPayload } from './cart.type.ts';
import { answered, type Changed } from './cart-payload.ts';
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
    return answered(() => claimCart(context.signedIn().customerId, cartId));
  }
}

/** Claiming twice is harmless; somebody else's cart does not exist. */
export function claimCart(customerId: string, guestId: string): Promise<Changed> {
  return database.transaction(async (client) => {
    await client.query(RETIRE, [customerId]);
    // First a cart of the customer's own, so that both rows can be locked; two claims at once meet at the unique index.
    await client.query(
      `INSERT INTO cart (id, customer_id, currency, added_keys, expires_at) VALUES ($1, $2, $3, '{}', now() + ${LIFE}) ON CONFLICT DO NOTHING`,
      [newCartId(), customerId, SHOP.currency],
    );
    const guest = isCartId(guestId) ? await locked(client, 'id = $1', guestId) : null;
    if (!guest || (guest.customer_id && guest.customer_id !== customerId)) throw notFound();
    const mine = await locked(client, `customer_id = $1 AND status IN ('OPEN', 'FROZEN')`, customerId);
    if (!mine) throw new Error('A customer has no cart after it was made.');
    if (guest.id === mine.id || guest.status === 'CLAIMED') return { cart: mine };
    if (guest.status !== 'OPEN' || guest.expired) throw closed(guest);
    if (mine.status !== 'OPEN') throw closed(mine);
    const { lines, cut } = mergeLines(mine.lines, guest.lines);
    await client.query(
      `UPDATE cart SET status = 'CLAIMED', customer_id = $2, version = version + 1, updated_at = now() WHERE id = $1`,
      [guest.id, customerId],
    );
    const merged = await client.query<CartRecord>(
      `UPDATE cart SET lines = $2, version = cart.version + 1, updated_at = now(), expires_at = now() + ${LIFE},
         email = coalesce(cart.email, g.email), note = coalesce(cart.note, g.note),
         delivery_address = coalesce(cart.delivery_address, g.delivery_address),
         billing_address = coalesce(cart.billing_address, g.billing_address),
         delivery_option_id = coalesce(cart.delivery_option_id, g.delivery_option_id)
       FROM cart AS g WHERE cart.id = $1 AND g.id = $3 RETURNING ${COLUMNS}`,
      [mine.id, JSON.stringify(lines), guest.id],
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

async function locked(client: PoolClient, where: string, value: string): Promise<CartRecord | null> {
  const { rows } = await client.query<CartRecord>(`SELECT ${COLUMNS} FROM cart WHERE ${where} FOR UPDATE`, [value]);
  return rows[0] ?? null;
}
