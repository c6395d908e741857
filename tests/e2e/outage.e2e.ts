import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { type Program, startProgram } from '#tests/program/program.ts';
import { fillCart, place, statusesOf, variantsInStock } from '#tests/program/shopper.ts';

const running = inject('running');
let databases: ProgramDatabases;
let program: Program;
let api: ApiClient;

beforeAll(async () => {
  const { postgresUrl, redisUrl, shape, filesDir, seed } = running;
  const from = { url: (name: string) => seed[`${name.toUpperCase()}_DATABASE_URL`]! } as ProgramDatabases;
  databases = await createProgramDatabases(postgresUrl, from);
  // What is kept would hide that a part is down.
  const env = { CACHE_MIB: '0' };
  program = await startProgram({ shape, databases, redisUrl: redisUrl && `${redisUrl}/2`, filesDir, env });
  api = apiClient(program.routerUrl);
});

afterAll(async () => {
  await program?.stop();
  await databases?.drop();
});

const LIST =
  '{ products(first: 3) { totalCount nodes { title variants(first: 1) { nodes { sku price { amount } availability { inStock } } } } } }';

interface List {
  products: {
    totalCount: number;
    nodes: { title: string; variants: { nodes: { sku: string; availability: unknown }[] } }[];
  };
}

test('34: with inventory down, lists and carts are still read: null where it would answer, one masked error', async () => {
  const [variant] = await variantsInStock(api);
  const cart = await fillCart(api, [{ variantId: variant!.id, quantity: 1 }]);
  const before = await api.ask<List>(LIST);
  await breakInventory();

  const list = await api.send<List>(LIST);
  expect(list.data!.products.totalCount).toBe(before.products.totalCount);
  for (const node of list.data!.products.nodes)
    for (const each of node.variants.nodes) expect(each.availability).toBeNull();
  expect(list.data!.products.nodes.map(({ title }) => title)).toEqual(before.products.nodes.map(({ title }) => title));
  expect(list.errors!.length).toBeGreaterThan(0);
  for (const { message, extensions } of list.errors!) {
    expect(['SUBGRAPH_UNAVAILABLE', 'INTERNAL']).toContain(extensions?.code);
    expect(message).not.toMatch(/ECONN|127\.0\.0\.1|relation|SELECT/i);
  }

  const read = await api.send<{ cart: { totalQuantity: number; cost: { total: { amount: string } } } }>(
    'query($id: ID!) { cart(id: $id) { totalQuantity cost { total { amount } } } }',
    { id: cart.id },
  );
  expect(read).toEqual({ data: { cart: { totalQuantity: 1, cost: { total: { amount: cart.cost.total.amount } } } } });

  await mendInventory();
  expect((await place(api, { cartId: cart.id })).order?.status).toBe('CONFIRMED');
});

test('34: with discovery down, products and carts are read without what goes with them', async () => {
  const [variant] = await variantsInStock(api);
  const cart = await fillCart(api, [{ variantId: variant!.id, quantity: 1 }]);
  const rename = (from: string, to: string) => databases.query('discovery', `ALTER TABLE ${from} RENAME TO ${to}`);
  await rename('product', 'product_away');
  const { data } = await api.send<Record<string, unknown>>(
    `query($id: ID!) { cart(id: $id) { totalQuantity suggestions { id } } ads { id } recommendedProducts { id }
       products(first: 1) { nodes { seller { name } relatedProducts { id } boughtTogether { id } } } }`,
    { id: cart.id },
  );
  await rename('product_away', 'product');
  expect(data).toEqual({
    ...{ cart: { totalQuantity: 1, suggestions: null }, ads: null, recommendedProducts: null },
    products: { nodes: [{ seller: { name: expect.any(String) }, relatedProducts: null, boughtTogether: null }] },
  });
});

test('30: an order whose confirmation job runs twice sends one mail', async () => {
  const [variant] = await variantsInStock(api);
  const cart = await fillCart(api, [{ variantId: variant!.id, quantity: 1 }], 'once@example.com');
  const { order, accessToken } = await place(api, { cartId: cart.id });
  await statusesOf(api, order!.id, accessToken!);
  expect(await confirmationsTo('once@example.com')).toHaveLength(1);
  // The report of the handled event is lost: the outbox row is there again, so the job runs once more.
  await databases.query(
    'orders',
    `INSERT INTO outbox (id, topic, consumer, payload) SELECT event_id || '-notifications-confirmation', 'orders.order-confirmed.v1',
     'notifications-confirmation', jsonb_build_object('orderId', $1::text) FROM unnest($2::text[]) AS event_id`,
    [order!.id, await handledBy('notifications-confirmation')],
  );
  await expect
    .poll(async () => (await databases.query('orders', 'SELECT id FROM outbox')).length, { timeout: 20_000 })
    .toBe(0);
  expect(await confirmationsTo('once@example.com')).toHaveLength(1);
});

async function confirmationsTo(email: string): Promise<{ to: string; subject: string }[]> {
  const mails = (await (await fetch(`${program.routerUrl}/dev/mail.json`)).json()) as { to: string; subject: string }[];
  return mails.filter(({ to, subject }) => to === email && subject.endsWith('is confirmed'));
}

async function handledBy(consumer: string): Promise<string[]> {
  return (
    await databases.query<{ event_id: string }>('notifications', 'SELECT event_id FROM handled WHERE consumer = $1', [
      consumer,
    ])
  ).map(({ event_id }) => event_id);
}

/** Split: its process is killed. In one process only its tables can go away. */
async function breakInventory(): Promise<void> {
  if (running.shape === 'split') await program.process('inventory').stop('SIGKILL');
  else await databases.query('inventory', 'ALTER TABLE stock RENAME TO stock_gone');
}

async function mendInventory(): Promise<void> {
  if (running.shape === 'split') await program.start('inventory');
  else await databases.query('inventory', 'ALTER TABLE stock_gone RENAME TO stock');
}
