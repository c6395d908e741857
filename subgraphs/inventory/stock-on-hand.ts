import { database } from './database.ts';

/** How many of each variant lie at all locations together; those that were never counted are not in it. */
export async function stockOnHand(variantIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await onHand(variantIds);
  return new Map(rows.map(({ variant_id, units }) => [variant_id, units]));
}

const onHand = database.statement<{ variant_id: string; units: number }>(
  'inventory.stock-on-hand',
  'SELECT variant_id, sum(on_hand)::int AS units FROM stock WHERE variant_id = ANY($1::text[]) GROUP BY variant_id',
);
