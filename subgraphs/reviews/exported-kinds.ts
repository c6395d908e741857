import { type ExportedKind, exported } from '#platform/subgraph/export.ts';
import { database } from './database.ts';

export const EXPORTED_KINDS: readonly ExportedKind[] = [
  exported(
    'reviews',
    database,
    `SELECT id AS key, id, product_id AS "productId", customer_id AS "customerId", author, rating, title, body, verified, state,
         created_at AS "createdAt"
       FROM review WHERE id > $1 ORDER BY id LIMIT $2::int`,
  ),
  exported(
    'wishlists',
    database,
    `SELECT customer_id AS key, customer_id AS "customerId",
         json_agg(json_build_object('productId', product_id, 'addedAt', added_at) ORDER BY added_at, product_id) AS products
       FROM wishlist_item WHERE customer_id > $1 GROUP BY customer_id ORDER BY customer_id LIMIT $2::int`,
  ),
];
