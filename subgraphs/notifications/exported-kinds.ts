import { type ExportedKind, exported } from '#platform/subgraph/export.ts';
import { database } from './database.ts';

/** Who wants to hear of what, and who of nothing more: whoever writes to customers elsewhere has to keep to it. */
export const EXPORTED_KINDS: readonly ExportedKind[] = [
  exported(
    'notification-preferences',
    database,
    `SELECT customer_id AS key, customer_id AS "customerId",
         json_agg(json_build_object('kind', kind, 'channel', channel, 'wanted', wanted) ORDER BY kind, channel) AS preferences
       FROM preference WHERE customer_id > $1 GROUP BY customer_id ORDER BY customer_id LIMIT $2::int`,
  ),
  exported(
    'unsubscribed',
    database,
    `SELECT email AS key, email, json_agg(json_build_object('kind', kind, 'at', at) ORDER BY kind) AS kinds
       FROM unsubscribed WHERE email > $1 GROUP BY email ORDER BY email LIMIT $2::int`,
  ),
  exported(
    'stock-alerts',
    database,
    `SELECT id AS key, variant_id AS "variantId", email, customer_id AS "customerId", created_at AS "createdAt"
       FROM stock_wish WHERE id > $1 ORDER BY id LIMIT $2::int`,
  ),
];
