import { database } from '../../database.ts';
import { translatedTexts } from '../index-products.ts';
import type { MeilisearchClient } from './client.ts';

/**
 * How the index is set. What is filtered, sorted and counted by comes from `search_document`, codes of facets included, so
 * that both providers agree on what a product has.
 */
export async function settings(): Promise<object> {
  const synonyms: Record<string, string[]> = {};
  for (const { words } of await database.prisma.searchSynonym.findMany())
    for (const word of words) synonyms[word] = [...(synonyms[word] ?? []), ...words.filter((other) => other !== word)];
  return {
    searchableAttributes: [
      ...['title', 'brand', 'tags', 'categories', 'translatedTitle', 'seller', 'chosen', 'skus'],
      ...['description', 'translatedDescription'],
    ],
    filterableAttributes: ['facets', 'price', 'stamp'],
    sortableAttributes: ['id', 'createdAt', 'name', 'price', 'rated', 'sold'],
    // An order that is asked for goes before what fits best; among equals what is sold and liked comes first.
    rankingRules: ['sort', 'words', 'typo', 'proximity', 'attribute', 'exactness', 'boost:desc'],
    typoTolerance: { minWordSizeForTypos: { oneTypo: 3, twoTypos: 6 } },
    // Counts are of the whole result: what is usual, a hundred values and a thousand hits, would cap them.
    faceting: { maxValuesPerFacet: 1_000_000 },
    pagination: { maxTotalHits: 10_000_000 },
    synonyms,
  };
}

const BATCH = 500;

/** Tells of what changed, in the order of the changes; answers how many notes it took. One process does it at a time. */
export async function flushQueue(client: MeilisearchClient): Promise<number> {
  const [queue] = await look();
  if (!queue?.waiting) return 0;
  return database.transaction(async (tx) => {
    const { rows: alone } = await tx.query(
      "SELECT pg_try_advisory_xact_lock(hashtext('catalog.search-queue')) AS alone",
    );
    if (!alone[0]?.alone) return 0;
    const { rows } = await tx.query<{ product_id: string }>(TAKE, [BATCH]);
    const ids = [...new Set(rows.map(({ product_id }) => product_id))];
    const documents = await documentsOf(ids, Date.now());
    const known = new Set(documents.map(({ id }) => id));
    const gone = ids.filter((id) => !known.has(id));
    if (gone.length > 0) await client.remove(gone);
    // A task that fails is told, and the notes stay.
    if (documents.length > 0) await client.done(await client.put(documents));
    return rows.length;
  });
}

/** Puts all documents in, and takes out those that are left from before. */
export async function putAll(client: MeilisearchClient, progress: (done: number) => void): Promise<void> {
  const stamp = Date.now();
  await client.done(await client.set(await settings()));
  let done = 0;
  for (let last = ''; ; ) {
    const ids = (await nextDocuments(last, BATCH)).map(({ id }) => id);
    const end = ids.at(-1);
    if (!end) break;
    await client.put(await documentsOf(ids, stamp));
    last = end;
    done += ids.length;
    progress(done);
  }
  await client.done(await client.removeWhere(`stamp < ${stamp}`));
}

const look = database.statement<{ waiting: boolean }>(
  'catalog.search.look-into-queue',
  'SELECT EXISTS (SELECT FROM search_queue) AS waiting',
);

const TAKE =
  'DELETE FROM search_queue WHERE id IN (SELECT id FROM search_queue ORDER BY id LIMIT $1::int) RETURNING product_id';

const nextDocuments = database.statement<{ id: string }>(
  'catalog.search.next-documents',
  'SELECT product_id AS id FROM search_document WHERE product_id > $1 ORDER BY product_id LIMIT $2::int',
);

const documentsOf = database.statement<{ id: string }>(
  'catalog.search.documents',
  `SELECT p.id, p.title, d.title AS name, p.brand, p.tags, p.description, s.name AS seller,
     (SELECT array_agg(concat_ws(' ', c.title, ${translatedTexts('c.translations', 'title')})) FROM category c
       WHERE c.id = ANY(p.category_ids)) AS categories,
     (SELECT array_agg(DISTINCT word) FROM variant v CROSS JOIN LATERAL (
         SELECT v.title AS word WHERE v.title IS NOT NULL UNION ALL SELECT o ->> 'value' FROM jsonb_array_elements(v.options) o) named
       WHERE v.product_id = p.id AND v.published) AS chosen,
     ${translatedTexts('p.translations', 'title')} AS "translatedTitle",
     ${translatedTexts('p.translations', 'description')} AS "translatedDescription",
     (SELECT array_agg(v.sku) FROM variant v WHERE v.product_id = p.id) AS skus,
     (extract(epoch FROM d.created_at) * 1000)::float8 AS "createdAt", d.price::float8 AS price, d.rated, d.sold::float8 AS sold, d.boost,
     d.facets, $2::float8 AS stamp
   FROM search_document d JOIN product p ON p.id = d.product_id JOIN seller s ON s.id = p.seller_id
   WHERE d.product_id = ANY($1::text[])`,
);
