import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { database } from '../database.ts';

/** Whose products somebody may see and edit. */
export interface Editor {
  readonly actorId: string | null;
  /** Null for staff that may edit all. */
  readonly sellerIds: readonly string[] | null;
}

/** For the shop's own commands. */
export const SHOP_EDITOR: Editor = { actorId: null, sellerIds: null };

const memberships = database.statement<{ seller_id: string }>(
  'catalog.memberships',
  'SELECT seller_id FROM seller_member WHERE customer_id = $1 ORDER BY seller_id',
);

/** Staff with `catalog:write` edits everything, anybody else what the sellers have whose member they are. */
export async function editorOf(context: Context): Promise<Editor> {
  const { customerId } = context.signedIn();
  if (context.has('catalog:write')) return { actorId: customerId, sellerIds: null };
  const rows = await memberships(customerId);
  return { actorId: customerId, sellerIds: rows.map((row) => row.seller_id) };
}

export const mayEdit = ({ sellerIds }: Editor, { sellerId }: { sellerId: string }): boolean =>
  sellerIds === null || sellerIds.includes(sellerId);

/** What somebody may not edit is not there for them. */
export const noProduct = (field = 'id'): Refusal =>
  new Refusal('PRODUCT_NOT_FOUND', 'There is no such product among those that you may edit.', {
    path: ['input', field],
  });

const sellersOf = database.statement<{ id: string }>(
  'catalog.sellers-to-sell-for',
  `SELECT id FROM seller WHERE ($1::text IS NULL OR handle = $1) AND ($2::text[] IS NULL OR id = ANY($2))
   ORDER BY id LIMIT 2`,
);

/** The seller of a new product: the one that is named, else the only one there can be. */
export async function sellerFor(editor: Editor, handle: string | null | undefined): Promise<string> {
  const found = handle?.includes('\0') ? [] : await sellersOf(handle ?? null, editor.sellerIds);
  if (found.length === 1) return found[0]!.id;
  throw new Refusal('SELLER_NOT_FOUND', 'Name a seller whose products you may edit, by its handle.', {
    path: ['input', 'seller'],
  });
}
