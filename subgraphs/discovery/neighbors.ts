import { database } from './database.ts';

/** What being alike in something counts. Prices are as alike as they are near: half or double is 0.5. */
const WEIGHT = { category: 3, aisle: 0.5, brand: 1.5, tags: 2, price: 1 };

/** Once is chance. */
const LEAST_ORDERS = 2;

/** Of each kind of neighbor so many are looked at, however large the shop is. */
const LOOKED_AT = 40;

/**
 * SQL: the products most like product `asked`, with their score. Looks at those of nearest price in its category and aisle, the newest of its
 * brand, and some with a tag of it.
 */
export const alikeTo = (asked: string, limit: string | number): string => `
  SELECT c.id, (
    ${WEIGHT.category} * coalesce(c.category_id = me.category_id, false)::int
    + ${WEIGHT.aisle} * coalesce(c.aisle_id = me.aisle_id, false)::int
    + ${WEIGHT.brand} * coalesce(c.brand = me.brand, false)::int
    + ${WEIGHT.tags} * cardinality(ARRAY(SELECT unnest(c.tags) INTERSECT SELECT unnest(me.tags)))::float8 / greatest(cardinality(me.tags), 1)
    + ${WEIGHT.price} * least(c.price + 100, me.price + 100)::float8 / greatest(c.price + 100, me.price + 100)) AS score
  FROM product me CROSS JOIN LATERAL (
    ${nearestPriceIn('category_id')} UNION ${nearestPriceIn('aisle_id')}
    UNION (SELECT p.* FROM product p WHERE p.brand = me.brand AND p.published ORDER BY p.created_at DESC LIMIT ${LOOKED_AT})
    UNION (SELECT p.* FROM product p WHERE p.tags && me.tags AND p.published LIMIT ${LOOKED_AT})) c
  WHERE me.id = ${asked} AND c.id <> me.id ORDER BY score DESC, c.id LIMIT ${limit}`;

const nearestPriceIn = (place: string): string => `
    (SELECT p.* FROM product p WHERE p.${place} = me.${place} AND p.price >= me.price AND p.published ORDER BY p.price LIMIT ${LOOKED_AT})
    UNION (SELECT p.* FROM product p WHERE p.${place} = me.${place} AND p.price < me.price AND p.published ORDER BY p.price DESC LIMIT ${LOOKED_AT})`;

/**
 * SQL: what was most often bought together with product `asked`. The score is the cosine of the two: how often together, of
 * how often each was bought at all, so that what everybody buys is not everything's companion.
 */
export const boughtWith = (asked: string, limit: string | number): string => `
  SELECT o.other_id AS id, o.orders / sqrt(mine.orders::float8 * theirs.orders) AS score
  FROM sold mine CROSS JOIN LATERAL (
    SELECT other_id, orders FROM pair WHERE product_id = mine.product_id AND orders >= ${LEAST_ORDERS} ORDER BY orders DESC LIMIT 200) o
  JOIN sold theirs ON theirs.product_id = o.other_id
  JOIN product p ON p.id = o.other_id AND p.published
  WHERE mine.product_id = ${asked} ORDER BY score DESC, id LIMIT ${limit}`;

/** For many products at once: rows in the order shown, each with the product it was asked for. */
const forEach = (sql: string) =>
  `SELECT asked.id AS asked, n.id FROM unnest($1::text[]) AS asked(id) CROSS JOIN LATERAL (${sql}) n ORDER BY asked.id, n.score DESC, n.id`;

const related = database.statement<{ asked: string; id: string }>(
  'discovery.related',
  forEach(alikeTo('asked.id', '$2::int')),
);
const together = database.statement<{ asked: string; id: string }>(
  'discovery.together',
  forEach(boughtWith('asked.id', '$2::int')),
);

/** Enough for whatever is asked for: products asked for together may be asked for different numbers. */
export const MOST_NEIGHBORS = 24;

export const relatedTo = (ids: readonly string[]) => neighbors(related, ids);
export const boughtTogetherWith = (ids: readonly string[]) => neighbors(together, ids);

async function neighbors(find: typeof related, ids: readonly string[]): Promise<string[][]> {
  const rows = await find(ids, MOST_NEIGHBORS);
  const found = new Map(ids.map((id) => [id, [] as string[]]));
  for (const { asked, id } of rows) found.get(asked)?.push(id);
  return ids.map((id) => found.get(id) ?? []);
}
