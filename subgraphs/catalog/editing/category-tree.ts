import type pg from 'pg';
import { productsChanged as index } from '../search/products-changed.ts';

/** The tree stays as it is until the transaction ends: whoever writes products stands below it. Any number may hold it. */
export const holdTree = (client: pg.PoolClient) => client.query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`);

/** Nobody else changes the tree or writes products until the transaction ends. */
export const takeTree = (client: pg.PoolClient) => client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);

const LOCK = 5_403_117_001;

/** How many levels there may be, so that no walk through the tree is long. */
export const MOST_LEVELS = 8;

const AT_ONCE = 1_000;

/** Products of a category and of all below it know all that are above them, and are found by what those are called. */
export async function refreshBelow(client: pg.PoolClient, categoryId: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>(BELOW, [categoryId]);
  for (let at = 0; at < rows.length; at += AT_ONCE)
    await index(
      client,
      rows.slice(at, at + AT_ONCE).map(({ id }) => id),
    );
}

const BELOW = `
  WITH RECURSIVE above AS (
    SELECT id, ARRAY[id] AS ids FROM category WHERE parent_id IS NULL
    UNION ALL SELECT c.id, c.id || above.ids FROM category c JOIN above ON c.parent_id = above.id),
  mine AS MATERIALIZED (
    SELECT p.id, above.ids FROM product p JOIN above ON above.id = p.category_id WHERE $1 = ANY (above.ids)
    ORDER BY p.id COLLATE "C" FOR UPDATE OF p)
  UPDATE product p SET category_ids = mine.ids FROM mine WHERE p.id = mine.id RETURNING p.id`;
