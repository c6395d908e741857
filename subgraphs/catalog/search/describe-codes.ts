import { database } from '../database.ts';

/** What codes stand for. A category or a seller that is gone since has no name. */
export const describeCodes = database.statement<{ code: number; by: string; value: string; label: string }>(
  'catalog.search.values',
  `SELECT v.code, v.by, coalesce(c.handle, s.handle, v.value) AS value, coalesce(c.title, s.name, v.value) AS label
   FROM search_value v LEFT JOIN category c ON v.by = 'category' AND c.id = v.value
     LEFT JOIN seller s ON v.by = 'seller' AND s.id = v.value
   WHERE v.code = ANY($1::int[]) AND (v.by NOT IN ('category', 'seller') OR c.id IS NOT NULL OR s.id IS NOT NULL)
   ORDER BY v.by, c.position, v.value`,
);
