import type pg from 'pg';
import { database } from '../database.ts';

/** A transaction on catalog's database, by `database.transaction` or by Prisma's `$transaction`. */
export type Transaction =
  | Pick<pg.PoolClient, 'query'>
  | { $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number> };

/**
 * Brings search up to what the products now are, in the transaction that changed them: whatever writes a product, its
 * variants, or what others told of either, calls this last. What is not published or not there leaves the index. It locks
 * the products, so that of two who change one, the second indexes both changes.
 */
export async function indexProducts(tx: Transaction, productIds: readonly string[]): Promise<void> {
  if (productIds.length === 0) return;
  const ids = [...new Set(productIds)];
  for (const sql of [LOCK, VALUES, DOCUMENTS, LEFT, WORDS]) {
    if ('query' in tx) await tx.query(sql, [ids]);
    else await tx.$executeRawUnsafe(sql, ids);
  }
}

/** How many products are indexed in one transaction when all are. */
const BATCH = 1_000;

/** Indexes everything anew and counts the words; the shop may be open meanwhile. Answers how many products there are. */
export async function indexAllProducts(progress: (done: number) => void = () => {}): Promise<number> {
  let done = 0;
  for (let last = ''; ; ) {
    const rows: { id: string }[] = await nextProducts(last, BATCH);
    const end = rows.at(-1);
    if (!end) break;
    await database.transaction((client) =>
      indexProducts(
        client,
        rows.map(({ id }) => id),
      ),
    );
    last = end.id;
    done += rows.length;
    progress(done);
  }
  await forgetProducts();
  await forgetWords();
  await countWords();
  return done;
}

/** How often each word is in what products are called: the most usual are suggested first. */
export const countWords = database.statement(
  'catalog.search.count-words',
  // ts_stat() does the same, but its tree is not balanced: sorted words, such as numbers of models, make it quadratic.
  `WITH found AS (
     SELECT word, count(*)::int AS documents FROM search_document CROSS JOIN unnest(tsvector_to_array(head)) AS word GROUP BY word)
   UPDATE search_word w SET documents = coalesce(found.documents, 0)
   FROM search_word old LEFT JOIN found ON found.word = old.word
   WHERE w.word = old.word AND w.documents <> coalesce(found.documents, 0)`,
);

const nextProducts = database.statement<{ id: string }>(
  'catalog.search.next-products',
  'SELECT id FROM product WHERE id > $1 ORDER BY id LIMIT $2::int',
);

const forgetProducts = database.statement(
  'catalog.search.forget-products',
  'DELETE FROM search_document d WHERE NOT EXISTS (SELECT FROM product p WHERE p.id = d.product_id)',
);

const forgetWords = database.statement(
  'catalog.search.forget-words',
  `DELETE FROM search_word w WHERE NOT EXISTS (
     SELECT FROM search_document d WHERE d.words @@ (quote_literal(w.word) || '|' || quote_literal(w.stem))::tsquery)`,
);

const LOCK = 'SELECT FROM product WHERE id = ANY($1::text[]) ORDER BY id FOR NO KEY UPDATE';

const VALUES = `
  INSERT INTO search_value (by, value)
  SELECT DISTINCT f.by, f.value FROM search_fact f
  WHERE f.product_id = ANY($1::text[]) AND NOT EXISTS (SELECT FROM search_value v WHERE v.by = f.by AND v.value = f.value)
  ORDER BY f.by, f.value ON CONFLICT DO NOTHING`;

/** What something is called, or how it is described, in other languages. */
export const translatedTexts = (translations: string, field: 'title' | 'description'): string =>
  `(SELECT string_agg(t.texts ->> '${field}', ' ') FROM jsonb_each(${translations}) AS t(locale, texts))`;

const TRANSLATED_TITLES = `concat_ws(' ', ${translatedTexts('p.translations', 'title')},
  (SELECT string_agg(${translatedTexts('c.translations', 'title')}, ' ') FROM category c WHERE c.id = ANY(p.category_ids)))`;
const TRANSLATED_DESCRIPTION = translatedTexts('p.translations', 'description');

/** A description is searched by its stems, SKUs and translations as written; where in a text a word stands is kept for the name alone, which ranks. */
const DOCUMENTS = `
  WITH product_facets AS (
    SELECT f.product_id, array_agg(v.code ORDER BY v.code) AS facets,
      string_agg(substring(int4send(v.code) FROM 2), '' ORDER BY v.code) AS codes
    FROM search_fact f JOIN search_value v ON v.by = f.by AND v.value = f.value
    WHERE f.product_id = ANY($1::text[]) GROUP BY f.product_id),
  texts AS (
    SELECT p.*, s.name AS seller_name,
      setweight(search_words(p.title), 'A')
        || setweight(search_words(concat_ws(' ', p.brand, array_to_string(p.tags, ' '))), 'B')
        || setweight(search_words((SELECT string_agg(c.title, ' ') FROM category c WHERE c.id = ANY(p.category_ids))), 'C')
        || to_tsvector('simple', unaccent(${TRANSLATED_TITLES})) AS head,
      (SELECT string_agg(concat_ws(' ', v.title, (SELECT string_agg(o ->> 'value', ' ') FROM jsonb_array_elements(v.options) o)), ' ')
        FROM variant v WHERE v.product_id = p.id AND v.published) AS chosen,
      (SELECT string_agg(v.sku, ' ') FROM variant v WHERE v.product_id = p.id) AS skus,
      ${TRANSLATED_DESCRIPTION} AS translated,
      coalesce(n.rating_count, 0) AS rating_count, coalesce(n.rating_sum, 0) AS rating_sum, coalesce(n.sold, 0) AS units
    FROM product p JOIN seller s ON s.id = p.seller_id LEFT JOIN product_news n ON n.product_id = p.id
    WHERE p.id = ANY($1::text[]) AND p.published),
  ranked AS (
    SELECT *, CASE WHEN rating_count = 0 THEN 0 ELSE (rating_sum + 15.0) / (rating_count + 5) END AS rated FROM texts)
  INSERT INTO search_document (product_id, created_at, title, price, rated, sold, boost, facets, codes, head, words)
  SELECT p.id, p.created_at, lower(p.title), p.min_price, p.rated, p.units,
    0.6 * (1 - 1 / (1 + ln(1 + p.units))) + 0.4 * p.rated / 5,
    coalesce(f.facets, '{}'), coalesce(f.codes, ''), p.head,
    strip(p.head || search_words(concat_ws(' ', p.seller_name, p.chosen)) || to_tsvector('simple', coalesce(p.skus, ''))
      || to_tsvector('simple', unaccent(coalesce(p.translated, '')))
      || to_tsvector('english', unaccent(p.description)))
  FROM ranked p LEFT JOIN product_facets f ON f.product_id = p.id
  ORDER BY p.id
  ON CONFLICT (product_id) DO UPDATE SET created_at = excluded.created_at, title = excluded.title, price = excluded.price,
    rated = excluded.rated, sold = excluded.sold, boost = excluded.boost, facets = excluded.facets, codes = excluded.codes,
    head = excluded.head, words = excluded.words`;

const LEFT = `
  DELETE FROM search_document d
  WHERE d.product_id = ANY($1::text[]) AND NOT EXISTS (SELECT FROM product p WHERE p.id = d.product_id AND p.published)`;

/** Numbers and single letters are not what somebody mistypes a word for. */
const WORDS = `
  INSERT INTO search_word (word, stem)
  SELECT DISTINCT written.word, coalesce((ts_lexize('english_stem', written.word))[1], written.word)
  FROM product p JOIN seller s ON s.id = p.seller_id CROSS JOIN unnest(tsvector_to_array(to_tsvector('simple', unaccent(concat_ws(' ',
    p.title, p.brand, array_to_string(p.tags, ' '), (SELECT string_agg(c.title, ' ') FROM category c WHERE c.id = ANY(p.category_ids)),
    s.name, jsonb_path_query_array(p.options, '$[*].values[*]')::text,
    (SELECT string_agg(v.title, ' ') FROM variant v WHERE v.product_id = p.id AND v.published), p.description,
    ${TRANSLATED_TITLES}, ${TRANSLATED_DESCRIPTION}))))) AS written(word)
  WHERE p.id = ANY($1::text[]) AND p.published AND written.word ~ '^[[:alpha:]]{2,40}$'
    AND NOT EXISTS (SELECT FROM search_word w WHERE w.word = written.word)
  ORDER BY 1 ON CONFLICT DO NOTHING`;
