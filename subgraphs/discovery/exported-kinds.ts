import { type ExportedKind, exported } from '#platform/subgraph/export.ts';
import { database } from './database.ts';

/** Ads. What somebody looked at stays; the rest is computed from products and orders. */
export const EXPORTED_KINDS: readonly ExportedKind[] = [
  exported(
    'ads',
    database,
    `SELECT id AS key, id, text, product_id AS "productId", contexts, starts_at AS "startsAt", ends_at AS "endsAt", impressions, shown,
         created_by AS "createdBy", created_at AS "createdAt"
       FROM ad WHERE id > $1 ORDER BY id LIMIT $2::int`,
  ),
];
