import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { exportEverything } from '#server/export-everything.ts';
import { database as accounts } from '#subgraphs/accounts/database.ts';
import { DEMO_PASSWORD } from '#subgraphs/accounts/seed-demo-accounts.ts';
import { database as cartsDatabase } from '#subgraphs/carts/database.ts';
import { flushBrowsing } from '#subgraphs/discovery/record-browsing.ts';
import { database as orders } from '#subgraphs/orders/database.ts';
import { database as payments } from '#subgraphs/payments/database.ts';
import { SUBGRAPH_NAMES, SUBGRAPHS } from '#subgraphs/subgraphs.ts';
import { countStatements, openShopGraph } from './shop-graph.ts';

// Nobody looks at the pictures here, and drawing them takes longer than all else.
vi.mock('#server/demo-shop/drawings/rasterize.ts', () => ({ rasterizeGood: async () => Buffer.from('picture') }));
vi.mock(import('#platform/files/read-picture.ts'), async (original) => ({
  ...(await original()),
  blurPreview: async () => 'data:image/webp;base64,AA',
}));

let shop: Awaited<ReturnType<typeof openShopGraph>>;
let count: ReturnType<typeof countStatements>;
beforeAll(async () => {
  shop = await openShopGraph();
  count = countStatements();
});
afterAll(async () => {
  count?.stop();
  await shop?.close();
});

const ADDRESS = { name: 'Ada', line1: 'Torstraße 1', city: 'Berlin', postalCode: '10119', country: 'DE' };
const VISITOR = 'a-guest-of-this-very-test';

/** What each operation of the storefront costs: statements, and at which subgraphs. Nothing is kept by the router here. */
const COSTS = {
  Languages: '1: catalog 1',
  Home: '5: catalog 3, inventory 1, reviews 1',
  CategoryTree: '1: catalog 1',
  CategoryPage: '3: catalog 3',
  ProductList: '4: catalog 2, inventory 1, reviews 1',
  'ProductList of a category': '5: catalog 3, inventory 1, reviews 1',
  'ProductList of a search': '4: catalog 2, inventory 1, reviews 1',
  ProductPage: '5: catalog 3, inventory 1, reviews 1',
  VariantByOptions: '1: catalog 1',
  ProductReviews: '3: catalog 1, reviews 2',
  ProductNeighbors: '6: catalog 2, discovery 2, inventory 1, reviews 1',
  ForYou: '6: carts 1, catalog 1, discovery 2, inventory 1, reviews 1',
  Ads: '2: catalog 1, discovery 1',
  ViewRecord: '0: ',
  SearchRecord: '0: ',
  CartCreate: '3: carts 1, catalog 1, inventory 1',
  CartLinesAdd: '4: carts 2, catalog 1, inventory 1',
  CartLinesUpdate: '3: carts 2, inventory 1',
  CartSuggestions: '5: carts 1, catalog 1, discovery 1, inventory 1, reviews 1',
  CurrentCart: '6: carts 1, catalog 3, inventory 2',
  CartDeliveryUpdate: '3: carts 2, catalog 1',
  Checkout: '6: carts 1, catalog 3, inventory 2',
  OrderPlace: '15: carts 3, catalog 1, inventory 2, orders 6, payments 3',
  OrderPage: '2: orders 1, shipping 1',
  SessionCreate: '2: accounts 2',
  Viewer: '2: accounts 2',
  AccountPage: '11: accounts 2, catalog 1, inventory 1, notifications 2, orders 2, reviews 3',
  CustomerCart: '2: accounts 1, carts 1',
  Wished: '2: catalog 1, reviews 1',
  WishlistAdd: '2: catalog 1, reviews 1',
  ReviewCreate: '4: accounts 1, catalog 1, orders 1, reviews 1',
};

test('each operation of the storefront costs the statements that the table says', async () => {
  const costs: Record<string, string> = {};
  const ask = async (operation: string, variables: object = {}, as = operation) => {
    count.taken();
    const data = await shop.ask(operation, variables);
    costs[as] = count.taken();
    return data;
  };
  expect((await ask('Languages')).shop.locales).toEqual(['en', 'ar', 'de']);
  await ask('Home');
  await ask('CategoryTree');
  await ask('CategoryPage', { handle: 'cups' });
  await ask('ProductList', { sort: 'NEWEST', first: 20 });
  await ask('ProductList', { category: 'kitchen', sort: 'NEWEST', first: 20 }, 'ProductList of a category');
  await ask('ProductList', { query: 'lamp', sort: 'RELEVANCE', first: 20 }, 'ProductList of a search');
  const { product } = await ask('ProductPage', { handle: 'round-belly-teapot' });
  const productId = product.id;
  const [variant, other] = product.variants.nodes;
  await ask('VariantByOptions', { productId, options: variant.options });
  await ask('ProductReviews', { productId });
  await ask('ProductNeighbors', { productId });
  await ask('Ads', { context: ['category:cups', 'category:kitchen'] });
  await ask('ViewRecord', { input: { productId, visitor: VISITOR } });
  await ask('SearchRecord', { input: { query: 'lamp', visitor: VISITOR } });
  // Written a second later, by nobody's operation.
  await flushBrowsing();

  const { cartCreate } = await ask('CartCreate', { input: { lines: [{ variantId: variant.id }] } });
  const cartId = cartCreate.cart.id;
  await ask('CartLinesAdd', { input: { cartId, lines: [{ variantId: other.id, quantity: 2 }] } });
  const { cart } = await ask('CurrentCart', { id: cartId });
  await ask('CartLinesUpdate', { input: { cartId, lines: [{ lineId: cart.lines[1].id, quantity: 1 }] } });
  await ask('CartSuggestions', { id: cartId });
  await ask('ForYou', { visitor: VISITOR, cart: cartId });
  await ask('CartDeliveryUpdate', { input: { cartId, email: 'ada@example.com', address: ADDRESS } });
  const { cart: addressed } = await ask('Checkout', { cartId });
  const [{ id: deliveryOptionId }] = addressed.deliveryOptions;
  await ask('CartDeliveryUpdate', { input: { cartId, deliveryOptionId } });
  const { cart: ready } = await ask('Checkout', { cartId });
  const payment = { token: 'pm_card_visa' };
  const expectedTotal = ready.cost.total.amount;
  const { orderPlace } = await ask('OrderPlace', {
    input: { cartId, idempotencyKey: 'only once', expectedTotal, payment },
  });
  await ask('OrderPage', { id: orderPlace.order.id, accessToken: orderPlace.accessToken });

  const credentials = { email: 'shopper@souk.test', password: DEMO_PASSWORD };
  const { sessionCreate } = await ask('SessionCreate', { input: credentials });
  shop.signIn(sessionCreate.session.accessToken);
  await ask('Viewer');
  await ask('Wished', { productId });
  await ask('WishlistAdd', { input: { productId } });
  await ask('ReviewCreate', { input: { productId, rating: 5, body: 'It pours without dripping.' } });
  await ask('AccountPage');
  await ask('CustomerCart');
  shop.signIn(null);
  expect(costs).toEqual(COSTS);
});

test('long lists, full carts and large orders cost no more than short ones', async () => {
  const cost = async (operation: string, variables: object) => {
    count.taken();
    await shop.ask(operation, variables);
    return count.taken();
  };
  const German = { sort: 'TITLE', first: 48, locale: 'de' };
  expect(await cost('ProductList', German)).toBe(COSTS.ProductList);
  for (const first of [1, 48]) expect(await cost('ProductList', { sort: 'TITLE', first })).toBe(COSTS.ProductList);
  const { products } = await shop.ask('ProductList', { sort: 'TITLE', first: 20 });
  const lines = products.nodes.map(({ variants }: { variants: { nodes: { id: string }[] } }) => ({
    variantId: variants.nodes[0]!.id,
  }));
  expect(await cost('CartCreate', { input: { lines } })).toBe(COSTS.CartCreate);
  const { cartCreate } = await shop.ask('CartCreate', { input: { lines } });
  const id = cartCreate.cart.id;
  expect(await cost('CurrentCart', { id })).toBe(COSTS.CurrentCart);
  expect(await cost('CartSuggestions', { id })).toBe(COSTS.CartSuggestions);
  expect(await cost('Checkout', { cartId: id })).toBe(COSTS.Checkout);
});

test('all of the shop is exported by kinds, and no secret with it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'souk-export-'));
  const secret = 'a-secret-of-this-test';
  const giftCard = { id: 'gift_1', codeHash: secret, ending: 'ABCD', currency: 'EUR', amount: 2500n, balance: 2500n };
  await payments.prisma.giftCard.create({ data: { ...giftCard, issueKey: secret, issuedBy: 'cus_1' } });
  await orders.prisma.order.updateMany({ data: { nextAction: { type: 'REDIRECT', clientSecret: secret } } });
  const subgraphs = await Promise.all(SUBGRAPH_NAMES.map((name) => SUBGRAPHS[name].load()));
  const written = await exportEverything(
    subgraphs.flatMap(({ exports = [] }) => exports),
    folder,
  );
  const texts = new Map(
    await Promise.all(written.map(async ({ kind, file }) => [kind, await readFile(file, 'utf8')] as const)),
  );
  const things = (kind: string) =>
    texts
      .get(kind)!
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  expect((await readdir(folder)).sort()).toEqual(written.map(({ kind }) => `${kind}.jsonl`).sort());
  expect((await stat(written[0]!.file)).mode & 0o777).toBe(0o600);
  for (const { kind, count } of written) if (count > 0) expect(things(kind)).toHaveLength(count);
  const [order] = things('orders');
  expect(order.lines.reduce((sum: number, { total }: { total: string }) => sum + Number(total), 0)).toBeCloseTo(
    Number(order.subtotal) - Number(order.discount),
  );
  expect(things('payments')).toMatchObject([{ orderId: order.id, amount: order.total, ledger: expect.any(Array) }]);
  expect(things('gift-cards')).toMatchObject([{ ending: 'ABCD', balance: '25.00' }]);
  expect(things('products').length).toBeGreaterThan(100);
  const plant = things('products').find(({ handle }) => handle === 'snake-plant');
  expect(plant).toMatchObject({ translations: { de: { title: 'Bogenhanf' } }, currency: 'EUR' });
  expect(plant.pictures[0]).toEqual({
    url: expect.stringMatching(/^http.*\/files\/goods\//),
    alt: expect.stringContaining('Snake plant'),
  });
  expect(things('customers').map(({ email }) => email)).toContain('shopper@souk.test');
  for (const kind of ['sellers', 'categories', 'stock', 'promotions', 'currencies', 'reviews', 'wishlists', 'ads'])
    expect(things(kind).length, kind).toBeGreaterThan(0);
  const carts = await cartsDatabase.prisma.cart.findMany();
  const customers = await accounts.prisma.customer.findMany();
  const tokens = await accounts.prisma.refreshToken.findMany();
  const secrets = [secret, ...carts.map(({ id }) => id), ...customers.map(({ passwordHash }) => passwordHash)];
  const all = [...texts.values()].join('');
  for (const text of [...secrets, ...tokens.map(({ hash }) => hash)]) expect(all.includes(text), text).toBe(false);
  expect(/passwordHash|codeHash|accessToken|clientSecret/.test(all)).toBe(false);
  await rm(folder, { recursive: true });
});
