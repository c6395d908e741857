import { type ExportedKind, exported } from '#platform/subgraph/export.ts';
import { database } from './database.ts';

/** What lies where; the journal of its movements stays. */
export const EXPORTED_KINDS: readonly ExportedKind[] = [
  exported(
    'locations',
    database,
    'SELECT id AS key, id, title, priority FROM location WHERE id > $1 ORDER BY id LIMIT $2::int',
  ),
  exported(
    'stock',
    database,
    `SELECT variant_id AS key, variant_id AS "variantId", sum(on_hand)::int AS "onHand", sum(reserved)::int AS reserved,
         bool_or(backorderable) AS backorderable, max(backorder_limit) AS "backorderLimit", max(low_stock_at) AS "lowStockAt",
         json_agg(json_build_object('locationId', location_id, 'onHand', on_hand, 'reserved', reserved) ORDER BY location_id) AS locations
       FROM stock WHERE variant_id > $1 GROUP BY variant_id ORDER BY variant_id LIMIT $2::int`,
  ),
];
