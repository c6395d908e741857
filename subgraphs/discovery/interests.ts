import { database } from './database.ts';
import { alikeTo, boughtWith } from './neighbors.ts';

/** What a thing in the cart tells, against 1 of the product looked at last; what was looked at before that tells less and less. */
const CART = 1.5;
/** What it counts that things are bought together, are alike (whose score is up to 8), or were searched for. */
const TOGETHER = 3;
const ALIKE = 1 / 8;
const SEARCHED = 1.2;
/** Of each interest so many neighbors are weighed, and so many things are looked at, in the cart and searched for, with so many found each. */
const NEIGHBORS = 12;
const VIEWS = 8;
const CART_LINES = 12;
const SEARCHES = 5;
const FOUND = 4;

/**
 * What somebody may want, in one statement: neighbors of what was looked at and lies in the cart, and what was searched for;
 * then what sells best and what is new, so that a shelf is full for whoever comes first. $1 visitors, $2 products in the cart, $3 how many.
 */
export const recommend = database.statement<{ id: string }>(
  'discovery.recommend',
  `WITH viewed AS (
     SELECT product_id, 4.0 / (3 + row_number() OVER (ORDER BY at DESC, product_id)) AS weight FROM (
       SELECT product_id, max(at) AS at FROM product_view WHERE visitor = ANY($1::text[])
       GROUP BY product_id ORDER BY at DESC, product_id LIMIT ${VIEWS}) v),
   interest AS (
     SELECT product_id, sum(weight) AS weight FROM (
       SELECT product_id, weight FROM viewed UNION ALL SELECT id, ${CART} FROM unnest(($2::text[])[:${CART_LINES}]) AS c(id)) i
     GROUP BY product_id),
   searched AS (
     SELECT query FROM product_search WHERE visitor = ANY($1::text[]) GROUP BY query ORDER BY max(at) DESC LIMIT ${SEARCHES}),
   found AS (
     SELECT n.id, i.weight * n.score * ${TOGETHER} AS score FROM interest i CROSS JOIN LATERAL (${boughtWith('i.product_id', NEIGHBORS)}) n
     UNION ALL
     SELECT n.id, i.weight * n.score * ${ALIKE} FROM interest i CROSS JOIN LATERAL (${alikeTo('i.product_id', NEIGHBORS)}) n
     UNION ALL
     SELECT n.id, ${SEARCHED} FROM searched s CROSS JOIN LATERAL (
       SELECT p.id FROM product p WHERE p.words @@ websearch_to_tsquery('english', s.query) AND p.published LIMIT ${FOUND}) n
     UNION ALL
     (SELECT s.product_id, 0.01 * s.orders / (10 + s.orders) FROM sold s JOIN product p ON p.id = s.product_id AND p.published
      ORDER BY s.orders DESC LIMIT 60)
     UNION ALL
     (SELECT id, 0.0 FROM product WHERE published ORDER BY created_at DESC LIMIT 60))
   SELECT found.id FROM found WHERE found.id NOT IN (SELECT product_id FROM interest) AND found.id <> ALL($2::text[])
   GROUP BY found.id ORDER BY sum(found.score) DESC, found.id DESC LIMIT $3::int`,
);

/** What goes with a cart: neighbors of what lies in it, and nothing else. */
export const goesWith = database.statement<{ id: string }>(
  'discovery.goes-with',
  `WITH interest AS (SELECT DISTINCT id AS product_id FROM unnest(($1::text[])[:${CART_LINES}]) AS c(id)),
   found AS (
     SELECT n.id, n.score * ${TOGETHER} AS score FROM interest i CROSS JOIN LATERAL (${boughtWith('i.product_id', NEIGHBORS)}) n
     UNION ALL
     SELECT n.id, n.score * ${ALIKE} FROM interest i CROSS JOIN LATERAL (${alikeTo('i.product_id', NEIGHBORS)}) n)
   SELECT found.id FROM found WHERE found.id <> ALL($1::text[])
   GROUP BY found.id ORDER BY sum(found.score) DESC, found.id LIMIT $2::int`,
);

export const recentlyViewed = database.statement<{ id: string }>(
  'discovery.recently-viewed',
  `SELECT v.product_id AS id FROM product_view v JOIN product p ON p.id = v.product_id AND p.published
   WHERE v.visitor = ANY($1::text[]) GROUP BY v.product_id ORDER BY max(v.at) DESC, v.product_id LIMIT $2::int`,
);
