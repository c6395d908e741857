import { database } from '../database.ts';
import type { Translations } from '../rules/translated.ts';

export interface DescribedCode {
  readonly code: number;
  readonly by: string;
  readonly value: string;
  readonly label: string;
  /** Of a category. */
  readonly translations: Translations | null;
}

/** What codes stand for. A category or a seller that is gone since has no name. */
export const describeCodes = database.statement<DescribedCode>(
  'catalog.search.values',
  `SELECT v.code, v.by, coalesce(c.handle, s.handle, v.value) AS value, coalesce(c.title, s.name, v.value) AS label,
     c.translations
   FROM search_value v LEFT JOIN category c ON v.by = 'category' AND c.id = v.value
     LEFT JOIN seller s ON v.by = 'seller' AND s.id = v.value
   WHERE v.code = ANY($1::int[]) AND (v.by NOT IN ('category', 'seller') OR c.id IS NOT NULL OR s.id IS NOT NULL)
   ORDER BY v.by, c.position, v.value`,
);

/** The codes of each facet's values, in the order asked for; none for what no product ever had. Categories and sellers are named by handle. */
export async function codesOf(
  asked: readonly { readonly by: string; readonly values: readonly string[] }[],
): Promise<number[][]> {
  if (asked.length === 0) return [];
  const rows = await codes(JSON.stringify(asked));
  return asked.map((_, place) => rows.filter((row) => row.place === place + 1).map(({ code }) => code));
}

const codes = database.statement<{ place: number; code: number }>(
  'catalog.search.codes',
  `SELECT asked.place::int, v.code
   FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS asked(facet, place)
   CROSS JOIN jsonb_array_elements_text(asked.facet -> 'values') AS named
   LEFT JOIN category c ON asked.facet ->> 'by' = 'category' AND c.handle = named
   LEFT JOIN seller s ON asked.facet ->> 'by' = 'seller' AND s.handle = named
   JOIN search_value v ON v.by = asked.facet ->> 'by'
     AND v.value = CASE v.by WHEN 'category' THEN c.id WHEN 'seller' THEN s.id ELSE named END`,
);
