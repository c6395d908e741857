import { type ExportedKind, exported } from '#platform/subgraph/export.ts';
import { database } from './database.ts';

/** Who shops, with their addresses; neither passwords nor sessions. */
export const EXPORTED_KINDS: readonly ExportedKind[] = [
  exported(
    'customers',
    database,
    `SELECT c.id AS key, c.id, c.email, c.email_verified_at AS "emailVerifiedAt", c.name, c.scopes, c.created_at AS "createdAt",
         (SELECT coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'line1', a.line1, 'line2', a.line2, 'city', a.city,
             'region', a.region, 'postalCode', a.postal_code, 'country', a.country, 'phone', a.phone, 'isDefault', a.is_default)
             ORDER BY a.created_at, a.id), '[]') FROM address a WHERE a.customer_id = c.id) AS addresses
       FROM customer c WHERE c.id > $1 ORDER BY c.id LIMIT $2::int`,
  ),
];
