import { registerEnumType } from 'type-graphql';
import { decodeCursor, encodeCursor, type Page, page, pageSize } from '#platform/graphql/connection.type.ts';
import { database } from './database.ts';
import { PRODUCT_COLUMNS } from './product.loaders.ts';
import { Product, type ProductRow } from './product.type.ts';
import { prefixQuery, readQuery } from './rules/search-words.ts';

export enum ProductSort {
  RELEVANCE = 'RELEVANCE',
  PRICE_ASC = 'PRICE_ASC',
  PRICE_DESC = 'PRICE_DESC',
  NEWEST = 'NEWEST',
  TITLE = 'TITLE',
}
registerEnumType(ProductSort, { name: 'ProductSort' });

export interface ProductList {
  query?: string | null | undefined;
  /** A handle; products of the categories below it are in it too. */
  category?: string | null | undefined;
  sellerId?: string | null | undefined;
  sort?: ProductSort | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

interface Order {
  /** By what the rows of `product p`, or of `found`, are sorted; ids break ties in the same direction. */
  readonly by: string;
  readonly type: string;
  readonly direction: 'ASC' | 'DESC';
}

const NEWEST: Order = { by: 'p.created_at', type: 'timestamptz', direction: 'DESC' };

const ORDERS: Record<ProductSort, Order> = {
  RELEVANCE: { by: 'found.score', type: 'float8', direction: 'DESC' },
  PRICE_ASC: { by: 'p.min_price', type: 'int8', direction: 'ASC' },
  PRICE_DESC: { by: 'p.min_price', type: 'int8', direction: 'DESC' },
  NEWEST,
  TITLE: { by: 'lower(p.title)', type: 'text', direction: 'ASC' },
};

/** How alike a word of a title must be to one found nowhere: "teapto" is 0.57 like "teapot", and "soap" 0.4 like "sofa". */
const LIKENESS = 0.45;

type Row = ProductRow & { sort_key: Date | bigint | number | string };

/** Published products, a page at a time, in one statement; their number is counted only when it is asked for. */
export async function listProducts(list: ProductList): Promise<Page<Product>> {
  const first = pageSize(list.first);
  const found = listing(list);
  const rows = await found.rows(first + 1, list.after);
  const keys = new Map<Product, string>();
  const products = rows.map((row) => {
    const product = new Product(row);
    keys.set(product, encodeCursor([keyOf(row), row.id]));
    return product;
  });
  const shown = page(products, {
    first,
    after: list.after,
    totalCount: 0,
    cursor: (product) => keys.get(product) ?? '',
  });
  return Object.defineProperty(shown, 'totalCount', { get: found.count });
}

const keyOf = ({ sort_key: key }: Row): string | number =>
  key instanceof Date ? key.toISOString() : typeof key === 'bigint' ? Number(key) : key;

/** The statements of a list. Their texts depend on what is asked for, never on its values, and so do their names. */
function listing({ query, category, sellerId, sort }: ProductList) {
  const words = readQuery(query);
  const values: unknown[] = [];
  const $ = (value: unknown) => `$${values.push(value)}`;
  // Without words nothing is more relevant than anything else: then the newest come first.
  const asked = sort ?? ProductSort.RELEVANCE;
  const sorted = asked === ProductSort.RELEVANCE && words === null ? ProductSort.NEWEST : asked;
  const order = ORDERS[sorted];

  const conditions = ['p.published'];
  // No category of that handle overlaps with nothing.
  if (category != null)
    conditions.push(`p.category_ids && ARRAY(SELECT id FROM category WHERE handle = ${$(category)})`);
  if (sellerId != null) conditions.push(`p.seller_id = ${$(sellerId)}`);
  const where = conditions.join(' AND ');
  const search = words === null ? '' : `WITH ${searching($(words), $(prefixQuery(words)), where)} `;
  const from = words === null ? `product p WHERE ${where}` : 'product p JOIN found USING (id) WHERE true';
  const shape = [words !== null && 'words', category != null && 'category', sellerId != null && 'seller'];
  const name = ['catalog.products', ...shape.filter(Boolean)].join('.');

  return {
    async rows(limit: number, after: string | null | undefined): Promise<Row[]> {
      const own = [...values];
      const cursor = after == null ? '' : keyset(order, own, after);
      const text = `${search}SELECT ${PRODUCT_COLUMNS}, p.sort_key FROM
        (SELECT p.*, ${order.by} AS sort_key FROM ${from}${cursor}
         ORDER BY ${order.by} ${order.direction}, p.id ${order.direction} LIMIT $${own.push(limit)}::int) p
        JOIN seller s ON s.id = p.seller_id ORDER BY p.sort_key ${order.direction}, p.id ${order.direction}`;
      const named = `${name}.${sorted}${after == null ? '' : '.after'}`;
      return await database.statement<Row>(named, text, 'values')(...own);
    },
    async count(): Promise<number> {
      const text = `${search}SELECT count(*)::int AS count FROM ${from}`;
      const [row] = await database.statement<{ count: number }>(`${name}.count`, text, 'values')(...values);
      return row?.count ?? 0;
    },
  };
}

/** Full text first; only where it finds nothing, titles with words that are nearly right, which no index helps with. */
const searching = (words: string, prefix: string, where: string): string => `
  asked AS (
    SELECT websearch_to_tsquery('english', ${words}::text) || to_tsquery('simple', ${prefix}::text) AS words),
  matching AS (
    SELECT p.id, ts_rank_cd(p.search, asked.words)::float8 + word_similarity(${words}, p.title) AS score
    FROM product p CROSS JOIN asked WHERE p.search @@ asked.words AND ${where}),
  alike AS (
    SELECT p.id, word_similarity(${words}, p.title)::float8 AS score
    FROM product p WHERE NOT EXISTS (SELECT FROM matching) AND word_similarity(${words}, p.title) >= ${LIKENESS} AND ${where}),
  found AS (SELECT * FROM matching UNION ALL SELECT * FROM alike)`;

function keyset({ by, type, direction }: Order, values: unknown[], after: string): string {
  const [key, id] = decodeCursor(after, 2);
  const compared = direction === 'ASC' ? '>' : '<';
  return ` AND (${by}, p.id) ${compared} ($${values.push(key)}::${type}, $${values.push(id)}::text)`;
}
