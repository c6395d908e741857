import type pg from 'pg';
import { database } from '../database.ts';
import { productsChanged } from '../search/products-changed.ts';

/**
 * Keeps what another subgraph told, and has search follow. `keep` is a statement that writes what is younger than what is
 * known and returns the `product_id` of each product that it changes: news twice, or overtaken by others, change nothing,
 * so that no event needs to be noted.
 */
export const followNews = (keep: string, ...values: unknown[]): Promise<void> =>
  database.transaction(async (client: pg.PoolClient) => {
    const { rows } = await client.query<{ product_id: string }>(keep, values);
    await productsChanged(
      client,
      rows.map(({ product_id }) => product_id),
    );
  });
