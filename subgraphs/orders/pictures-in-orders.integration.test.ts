import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { picturesInOrders } from './contracts/pictures-in-orders.ts';
import { database } from './database.ts';
import { orders } from './subgraph.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
  await database.transaction(async (client) => {
    // Lines without their order: only what they show is asked for.
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(
      `INSERT INTO order_line (id, order_id, position, variant_id, product_id, seller_id, sku, title, options, image_url, quantity,
         weight_grams, unit_price, discount, tax, total)
       SELECT n::text, 'o', n, '', '', '', '', '', '[]', address, 1, 1, 1, 0, 0, 1 FROM unnest($1::text[]) WITH ORDINALITY AS line(address, n)`,
      [['https://api.example.com/files/goods/a.webp?w=320&f=webp', 'http://localhost:4000/files/goods/b.webp', null]],
    );
  });
});
afterAll(() => close());

const { schema } = await buildSubgraph(orders);
const ask = (keys: string[], caller: string) =>
  graphql({
    schema,
    source: picturesInOrders.query,
    variableValues: { keys },
    contextValue: new Context('orders', null as never, { viewer: null, caller }),
  });

test('tells the pictures that lines show, in whatever size, to subgraphs only', async () => {
  const { data } = await ask(['goods/a.webp', 'goods/b.webp', 'goods/c.webp', 'a.webp', 'goods/%', ''], 'catalog');
  expect(((data?.picturesInOrders ?? []) as string[]).toSorted()).toEqual(['goods/a.webp', 'goods/b.webp']);
  const { errors } = await ask(['goods/a.webp'], 'router');
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
