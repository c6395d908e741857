import { encodeCursor } from '#platform/graphql/connection.type.ts';
import { database } from '../database.ts';
import { PRODUCT_COLUMNS } from '../product.loaders.ts';
import type { ProductRow } from '../product.type.ts';
import { DocumentQuery } from './document-query.ts';
import { indexAllProducts } from './index-products.ts';
import { countFacets } from './postgres-facets.ts';
import { suggest } from './postgres-suggestions.ts';
import { readWords } from './read-words.ts';
import type { Hit, ProductSearch, SearchProvider, SearchQuestion, SearchWindow } from './search-provider.ts';

/** Search in catalog's own database: its index changes in the transaction that changes a product. */
export const postgresSearch: SearchProvider = {
  search,
  suggest,
  // The index is written with the product, whoever answers.
  changed: async () => {},
  synonymsChanged: async () => {},
  rebuild: indexAllProducts,
};

function search(question: SearchQuestion): ProductSearch {
  // Read once, by whichever is asked first.
  let reading: Promise<DocumentQuery | null> | null = null;
  const query = () => {
    reading ??= read(question);
    return reading;
  };
  return {
    async page(window) {
      const asked = await query();
      return asked ? readPage(asked, window) : [];
    },
    async count() {
      const asked = await query();
      return asked ? count(asked) : 0;
    },
    async facets() {
      const asked = await query();
      return asked ? countFacets(asked) : { count: 0, facets: [] };
    },
  };
}

/** Null when nothing can be found. */
async function read(question: SearchQuestion): Promise<DocumentQuery | null> {
  if (question.words === null) return DocumentQuery.of(question, null);
  const words = await readWords(question.words);
  return words && DocumentQuery.of(question, words.tsquery);
}

type Row = ProductRow & { sort_key: Date | bigint | number | string };

/** Everything of the products on a page in one statement: the page is cut first, then their rows are read. */
async function readPage(query: DocumentQuery, { limit, after, before, fromEnd }: SearchWindow): Promise<Hit[]> {
  const { by, direction } = query.order;
  const values = [...query.values];
  const beyond = [
    after == null ? '' : query.beyond(after, values, 'after'),
    before == null ? '' : query.beyond(before, values, 'before'),
  ].join('');
  const order = (key: string, id: string, way: string) => `${key} ${way}, ${id} ${way}`;
  const way = fromEnd === (direction === 'ASC') ? 'DESC' : 'ASC';
  const text = `SELECT ${PRODUCT_COLUMNS}, d.sort_key
    FROM (SELECT d.product_id, ${by} AS sort_key FROM search_document d WHERE ${query.where}${beyond}
      ORDER BY ${order(by, 'd.product_id', way)} LIMIT $${values.push(limit)}::int) d
    JOIN product p ON p.id = d.product_id JOIN seller s ON s.id = p.seller_id
    ORDER BY ${order('d.sort_key', 'd.product_id', direction)}`;
  const window = [after != null && 'after', before != null && 'before', fromEnd && 'last'].filter(Boolean);
  const name = query.name && [query.name, ...window].join('.');
  const rows = await database.statement<Row>(name, text, 'values')(...values);
  return rows.map((row) => ({ row, cursor: encodeCursor([keyOf(row), row.id]) }));
}

const keyOf = ({ sort_key: key }: Row): string | number =>
  key instanceof Date ? key.toISOString() : typeof key === 'bigint' ? Number(key) : key;

async function count(query: DocumentQuery): Promise<number> {
  const text = `SELECT count(*)::int AS count FROM search_document d WHERE ${query.where}`;
  const name = query.name && `${query.name}.count`;
  const [row] = await database.statement<{ count: number }>(name, text, 'values')(...query.values);
  return row?.count ?? 0;
}
