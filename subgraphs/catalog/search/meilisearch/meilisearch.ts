import { database } from '../../database.ts';
import { PRODUCT_COLUMNS } from '../../product.loaders.ts';
import type { ProductRow } from '../../product.type.ts';
import { readQuery, wordsOf } from '../../rules/search-words.ts';
import { codesOf, describeCodes } from '../describe-codes.ts';
import { indexAllProducts, type Transaction } from '../index-products.ts';
import { suggestedCategories } from '../postgres-suggestions.ts';
import type { ProductSearch, SearchFilter, SearchProvider, SearchQuestion, SearchSort } from '../search-provider.ts';
import { type MeilisearchAccount, meilisearchClient, type SearchBody } from './client.ts';
import { flushQueue, putAll, settings } from './documents.ts';
import { facetsFrom } from './facets.ts';
import { readPage } from './pages.ts';

const SORTS: Record<Exclude<SearchSort, 'RELEVANCE'>, readonly string[]> = {
  PRICE_ASC: ['price:asc', 'id:asc'],
  PRICE_DESC: ['price:desc', 'id:desc'],
  NEWEST: ['createdAt:desc', 'id:desc'],
  BEST_RATED: ['rated:desc', 'id:desc'],
  BEST_SELLING: ['sold:desc', 'id:desc'],
  TITLE: ['name:asc', 'id:asc'],
};

/** Search in a Meilisearch. Catalog's own index is kept all the same: it says what there is to tell, and the queue when. */
export function meilisearch(account: MeilisearchAccount): SearchProvider & { flush(): Promise<number> } {
  const client = meilisearchClient(account);

  function search(question: SearchQuestion): ProductSearch {
    const bodies = readBodies(question);
    return {
      page: async (window) => readPage(client, (await bodies).asked, window, rowsOf),
      async count() {
        const answer = await client.search({ ...(await bodies).asked, page: 1, hitsPerPage: 1 });
        return answer.totalHits ?? 0;
      },
      async facets() {
        const { asked, without } = await bodies;
        const facets = ['facets', 'price'];
        const each = [asked, ...without.map(({ body }) => body)].map((body) => ({
          ...body,
          facets,
          page: 1,
          hitsPerPage: 1,
        }));
        const [whole, ...beside] = await client.searchAll(each);
        const byFilter = new Map(without.map(({ by }, place) => [by, beside[place]!]));
        return { count: whole?.totalHits ?? 0, facets: await facetsFrom(whole!, byFilter, describeCodes) };
      },
    };
  }

  return {
    search,
    async suggest(typed, limit) {
      const words = wordsOf(readQuery(typed) ?? '');
      if (words.length === 0) return { queries: [], products: [], categoryIds: [] };
      const { hits } = await client.search({
        ...{ q: words.join(' '), matchingStrategy: 'all', limit, attributesToRetrieve: ['id', 'title'] },
        attributesToSearchOn: ['title', 'brand', 'tags', 'categories', 'translatedTitle'],
      });
      const [rows, categoryIds] = await Promise.all([rowsOf(hits.map(({ id }) => id)), suggestedCategories(typed)]);
      return { queries: finished(words, hits), products: rows, categoryIds };
    },
    async changed(tx: Transaction, productIds) {
      if (productIds.length === 0) return;
      const sql = 'INSERT INTO search_queue (product_id) SELECT unnest($1::text[])';
      if ('query' in tx) await tx.query(sql, [productIds]);
      else await tx.$executeRawUnsafe(sql, productIds);
    },
    synonymsChanged: async () => client.done(await client.set(await settings())),
    async rebuild(progress) {
      const products = await indexAllProducts(progress);
      await putAll(client, () => undefined);
      return products;
    },
    flush: () => flushQueue(client),
  };
}

/** What is asked, and, for each filter, what would be without it. */
async function readBodies({ words, category, seller, filters, sort }: SearchQuestion) {
  const scope: SearchFilter[] = [
    ...(category === undefined ? [] : [{ by: 'category', values: [category] }]),
    ...(seller === undefined ? [] : [{ by: 'seller', values: [seller] }]),
  ];
  const within = await Promise.all(scope.map(condition));
  const conditions = await Promise.all(filters.map(condition));
  // Words of which nothing is left after reading are not everything.
  const q = words === null ? '' : wordsOf(words).join(' ');
  const nothing = words !== null && q === '' ? [NOTHING] : [];
  const order = sort === 'RELEVANCE' ? (words === null ? SORTS.NEWEST : undefined) : SORTS[sort];
  const body = (own: readonly string[]): SearchBody => ({
    ...{ q, matchingStrategy: 'all', attributesToRetrieve: ['id'], filter: [...nothing, ...within, ...own] },
    ...(order && { sort: order }),
  });
  return {
    asked: body(conditions),
    without: filters.map(({ by }, place) => ({ by, body: body(conditions.filter((_, other) => other !== place)) })),
  };
}

/** No product has it. */
const NOTHING = 'facets IN [0]';

async function condition(filter: SearchFilter): Promise<string> {
  if ('values' in filter) {
    const [found = []] = await codesOf([filter]);
    return found.length === 0 ? NOTHING : `facets IN [${found.join(', ')}]`;
  }
  const { min, max } = filter;
  return (
    [min !== null && `price >= ${min}`, max !== null && `price <= ${max}`].filter(Boolean).join(' AND ') || 'price >= 0'
  );
}

const rows = database.statement<ProductRow>(
  'catalog.search.rows',
  `SELECT ${PRODUCT_COLUMNS} FROM product p JOIN seller s ON s.id = p.seller_id WHERE p.id = ANY($1::text[]) AND p.published`,
);

/** In the order of `ids`; what was unpublished since the engine heard of it is left out. */
async function rowsOf(ids: readonly string[]): Promise<ProductRow[]> {
  const found = new Map((await rows([...ids])).map((row) => [row.id, row]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** The query with its last word finished as in what was found. */
function finished(words: readonly string[], hits: readonly { readonly title?: string }[]): string[] {
  const begun = words.at(-1) ?? '';
  const endings = hits.flatMap(({ title = '' }) =>
    wordsOf(title).filter((word) => word.startsWith(begun) && word !== begun),
  );
  return [...new Set(endings)].map((word) => [...words.slice(0, -1), word].join(' '));
}
