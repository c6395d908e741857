import { database } from './database.ts';
import { LOW_STOCK } from './low-stock.ts';
import { MOST } from './stock-payload.type.ts';
import type { Variant } from './variant.type.ts';

/** What can be promised of a variant, over all locations. */
export interface Promisable {
  readonly variant_id: string;
  /** On hand and not reserved; below 0 where it is backordered. */
  readonly available: number;
  /** How many may be ordered beyond that; 0 where none may, `MOST` where any number. */
  readonly credit: number;
  readonly low_stock_at: number | null;
}

const find = database.statement<Promisable>(
  'inventory.promisable',
  `SELECT variant_id, least(sum(on_hand - reserved), 2147483647)::int AS available,
     max(CASE WHEN backorderable THEN backorder_limit ELSE 0 END) AS credit, max(low_stock_at) AS low_stock_at
   FROM stock WHERE variant_id = ANY($1::text[]) GROUP BY variant_id`,
);

/** By variant; one that inventory has never heard of is missing. */
export async function promisableOf(variantIds: readonly string[]): Promise<Map<string, Promisable>> {
  // Postgres keeps no NUL in a text, so that no variant has one in its id.
  const rows = await find([...new Set(variantIds)].filter((id) => !id.includes('\0')));
  return new Map(rows.map((row) => [row.variant_id, row]));
}

/** In the order of `ids`, null where inventory has never heard of one. */
export async function variantsByIds(ids: readonly string[]): Promise<(Variant | null)[]> {
  const known = await promisableOf(ids);
  return ids.map((id) => {
    const promisable = known.get(id);
    return promisable === undefined ? null : variantWith(id, promisable);
  });
}

const variantWith = (id: string, { available, credit, low_stock_at }: Promisable): Variant => ({
  id,
  availability: {
    inStock: available > 0,
    quantity: Math.max(0, available),
    lowStock: available > 0 && available <= (low_stock_at ?? LOW_STOCK),
    backorderable: credit > 0 && available + credit > 0,
  },
});

export const isUnlimited = ({ credit }: Promisable): boolean => credit >= MOST;
