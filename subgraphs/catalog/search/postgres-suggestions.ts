import { database } from '../database.ts';
import { PRODUCT_COLUMNS } from '../product.loaders.ts';
import type { ProductRow } from '../product.type.ts';
import { wordsOf } from '../rules/search-words.ts';
import { translatedTexts } from './index-products.ts';
import { readWords } from './read-words.ts';
import type { Suggested } from './search-provider.ts';

/** In three statements: the words, the categories, and the products with the words of their names. */
export async function suggest(typed: string, limit: number): Promise<Suggested> {
  const read = await readWords(typed);
  if (!read) return { queries: [], products: [], categoryIds: [] };
  const [categories, products] = await Promise.all([categoriesOf(read.tsquery, CATEGORIES), best(read.tsquery, limit)]);
  return {
    queries: completed(wordsOf(typed), read.words, products[0]?.words ?? []).slice(0, limit),
    products,
    categoryIds: categories.map(({ id }) => id),
  };
}

/** Categories with words like these in their titles, and with goods in them. */
export async function suggestedCategories(typed: string): Promise<string[]> {
  const read = await readWords(typed);
  return read ? (await categoriesOf(read.tsquery, CATEGORIES)).map(({ id }) => id) : [];
}

const CATEGORIES = 3;

/** The query with its last word finished in the ways that the goods have; a mistyped one as it was mended. */
function completed(typed: readonly string[], mended: readonly string[], known: readonly string[]): string[] {
  const before = mended.slice(0, -1);
  const begun = mended.at(-1) ?? '';
  const endings = known.filter((word) => word.startsWith(begun) && !before.includes(word));
  const queries = endings.map((word) => [...before, word].join(' '));
  const asTyped = typed.join(' ');
  return queries.filter((query) => query !== asTyped);
}

const categoriesOf = database.statement<{ id: string }>(
  'catalog.search.categories',
  `SELECT c.id FROM category c WHERE search_words(concat_ws(' ', c.title, ${translatedTexts('c.translations', 'title')})) @@ $1::tsquery
     AND EXISTS (SELECT FROM search_value v JOIN search_document d ON d.facets @> ARRAY[v.code] WHERE v.by = 'category' AND v.value = c.id)
   ORDER BY length(c.title), c.position LIMIT $2::int`,
);

/**
 * Planned for what was typed: few products are found by the index of words, many by going down from those that are sold
 * and liked most. Of these the best are shown, and from their names come the words.
 */
const best = database.statement<ProductRow & { words: string[] }>(
  '',
  `WITH liked AS MATERIALIZED (
     SELECT d.product_id, d.head, ts_rank(d.head, $1::tsquery, 2) + 0.03 * d.boost AS score
     FROM search_document d WHERE d.head @@ $1::tsquery ORDER BY d.boost DESC, d.product_id DESC LIMIT 200),
   shown AS (SELECT product_id, score FROM liked ORDER BY score DESC, product_id DESC LIMIT $2::int),
   words AS (
     SELECT DISTINCT ON (w.stem) w.word, w.documents FROM liked CROSS JOIN unnest(tsvector_to_array(liked.head)) AS t(word)
     JOIN search_word w ON w.word = t.word ORDER BY w.stem, w.documents DESC, w.word)
   SELECT ${PRODUCT_COLUMNS}, ARRAY(SELECT word FROM words ORDER BY documents DESC, word) AS words
   FROM shown JOIN product p ON p.id = shown.product_id JOIN seller s ON s.id = p.seller_id
   ORDER BY shown.score DESC, p.id DESC`,
  'values',
);
