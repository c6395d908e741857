import { database } from './database.ts';
import { type Variant, variantWith } from './variant.type.ts';

const available = database.statement<{ variant_id: string; available: number }>(
  'inventory.available',
  `SELECT variant_id, sum(on_hand - reserved)::int AS available FROM stock
   WHERE variant_id = ANY($1::text[]) GROUP BY variant_id`,
);

/** What can still be promised, by variant; a variant that inventory has never heard of is missing. */
export async function availableOf(variantIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await available([...new Set(variantIds)]);
  return new Map(rows.map((row) => [row.variant_id, row.available]));
}

/** In the order of `ids`, null where inventory has never heard of one. */
export async function variantsByIds(ids: readonly string[]): Promise<(Variant | null)[]> {
  const known = await availableOf(ids);
  return ids.map((id) => {
    const quantity = known.get(id);
    return quantity === undefined ? null : variantWith(id, quantity);
  });
}
