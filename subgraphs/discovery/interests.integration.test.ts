import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { PipelinedConnections } from '#platform/database/statements.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { countOrders } from './count-orders.ts';
import { database } from './database.ts';
import { sweepViews } from './forget-browsing.ts';
import { flushBrowsing } from './record-browsing.ts';
import { ask, idsOf, mutate, newCustomer, newProduct, shop } from './testing/discovery-api.ts';
import { writeProducts } from './write-products.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());
beforeEach(async () => {
  shop.products.clear();
  shop.carts.clear();
  await database.prisma.$executeRaw`TRUNCATE product, counted_order, sold, pair, product_view, product_search`;
});

const newVisitor = () => newId('v').replace('_', '');
const add = async (...products: ReturnType<typeof newProduct>[]) => {
  await writeProducts(products);
  return products.map(({ id }) => id);
};
/** As if a second had gone by after each. */
async function look(visitor: string | null, ...ids: string[]) {
  for (const productId of ids) {
    const answer = await mutate('viewRecord', 'recorded', { productId, visitor });
    expect(answer).toEqual({ recorded: true, userErrors: [] });
  }
  await flushBrowsing();
}
const viewed = (visitor: string) => idsOf(`recentlyViewedProducts(visitor: "${visitor}")`);
const recommended = (more: string, viewer: Parameters<typeof idsOf>[1] = null) =>
  idsOf(`recommendedProducts(limit: 3${more})`, viewer);

test('views are written together, and what was looked at last comes first; made-up products leave nothing', async () => {
  const [a, b, c] = await add(newProduct(), newProduct(), newProduct());
  const visitor = newVisitor();
  const run = vi.spyOn(PipelinedConnections.prototype, 'run');
  await Promise.all(
    Array.from({ length: 50 }, () => mutate('viewRecord', 'recorded', { productId: a, visitor: newVisitor() })),
  );
  expect(run.mock.calls.map(([name]) => name)).toEqual([]);
  await look(visitor, a!);
  expect(run.mock.calls.map(([name]) => name)).toEqual(['discovery.write-views']);
  run.mockRestore();
  await look(visitor, b!, 'prod_made_up');
  await look(visitor, c!);
  await look(visitor, a!);
  expect(await viewed(visitor)).toEqual([a, c, b]);
  expect(await viewed(newVisitor())).toEqual([]);
  expect(await database.prisma.productView.count()).toBe(53);
  expect(await idsOf('recentlyViewedProducts')).toEqual([]);
});

test('a guest keeps what was looked at when signing in, and the key is not kept as it is', async () => {
  const [a, b] = await add(newProduct(), newProduct());
  const [visitor, ada] = [newVisitor(), newCustomer()];
  await look(visitor, a!);
  await mutate('viewRecord', 'recorded', { productId: b }, ada);
  await flushBrowsing();
  const both = `recentlyViewedProducts(visitor: "${visitor}")`;
  expect(await idsOf(both, ada)).toEqual([b, a]);
  expect(await idsOf(both)).toEqual([a]);
  expect(await idsOf('recentlyViewedProducts', newCustomer())).toEqual([]);
  const kept = await database.prisma.productView.findMany();
  expect(kept.some((row) => row.visitor.includes(visitor))).toBe(false);
});

test('recommended is what goes with what was looked at, searched for and put into the cart, and none of those themselves', async () => {
  const [cup, mug, pot, lamp, shade, book] = await add(
    newProduct({ title: 'Cup', categoryId: 'cups' }),
    newProduct({ title: 'Mug', categoryId: 'cups' }),
    newProduct({ title: 'Teapot', categoryId: 'pots' }),
    newProduct({ title: 'Reading lamp', categoryId: 'lamps' }),
    newProduct({ title: 'Shade', categoryId: 'shades' }),
    newProduct({ title: 'Book of clocks', categoryId: 'books' }),
  );
  await countOrders([1, 2, 3].map((n) => ({ orderId: `ord_${n}`, productIds: [cup!, pot!] })));
  await countOrders([4, 5].map((n) => ({ orderId: `ord_${n}`, productIds: [lamp!, shade!] })));
  const visitor = newVisitor();
  await look(visitor, cup!);
  expect((await recommended(`, visitor: "${visitor}"`)).slice(0, 2)).toEqual([pot, mug]);
  const all = await idsOf(`recommendedProducts(limit: 20, visitor: "${visitor}")`);
  expect(all.toSorted()).toEqual([mug, pot, lamp, shade, book].toSorted());
  expect((await recommended('')).slice(0, 2).sort()).toEqual([cup, pot].sort());
  shop.carts.set('cart_1', [lamp!]);
  expect((await recommended(', cart: "cart_1"'))[0]).toBe(shade);
  const ada = newCustomer();
  await mutate('searchRecord', 'recorded', { query: '  CLOCK ' }, ada);
  await flushBrowsing();
  expect((await recommended('', ada))[0]).toBe(book);
  expect(await recommended(', cart: "cart_gone"')).toHaveLength(3);
});

test('a cart suggests what goes with what lies in it', async () => {
  const [cup, mug, pot, other] = await add(
    newProduct({ categoryId: 'cups' }),
    newProduct({ categoryId: 'cups' }),
    newProduct({ categoryId: 'pots' }),
    newProduct(),
  );
  await countOrders([1, 2].map((n) => ({ orderId: `ord_${n}`, productIds: [cup!, pot!] })));
  const suggested = async (productIds: (string | undefined)[]) => {
    const source = 'query($of: [_Any!]!) { _entities(representations: $of) { ... on Cart { suggestions { id } } } }';
    const { data } = await ask(source, { of: [{ __typename: 'Cart', id: 'cart_1', productIds }] });
    return data._entities[0].suggestions.map(({ id }: { id: string }) => id);
  };
  expect(await suggested([cup])).toEqual([pot, mug]);
  expect(await suggested([cup, pot])).toEqual([mug]);
  expect(await suggested([])).toEqual([]);
  expect(await suggested([other])).toEqual([]);
});

test('what somebody looked at and searched for is forgotten on request, also what is still held, and nobody else’s', async () => {
  const [a] = await add(newProduct());
  const [visitor, neighbor, ada] = [newVisitor(), newVisitor(), newCustomer()];
  await look(visitor, a!);
  await look(neighbor, a!);
  await mutate('searchRecord', 'recorded', { query: 'clock', visitor });
  await mutate('viewRecord', 'recorded', { productId: a, visitor });
  expect(await mutate('browsingForget', 'forgotten', { visitor })).toEqual({ forgotten: true, userErrors: [] });
  await flushBrowsing();
  expect([await viewed(visitor), await viewed(neighbor)]).toEqual([[], [a]]);
  expect(await database.prisma.productSearch.count()).toBe(0);
  await mutate('viewRecord', 'recorded', { productId: a }, ada);
  await mutate('browsingForget', 'forgotten', {}, ada);
  expect(await idsOf('recentlyViewedProducts', ada)).toEqual([]);
});

test('what is older than it is kept for goes by itself', async () => {
  const [a, b] = await add(newProduct(), newProduct());
  const visitor = newVisitor();
  await look(visitor, a!, b!);
  await database.prisma.$executeRaw`UPDATE product_view SET at = now() - interval '91 days' WHERE product_id = ${a}`;
  await sweepViews(90);
  expect(await viewed(visitor)).toEqual([b]);
});

test('44: odd input is refused with its field, and changes nothing', async () => {
  const visitor = newVisitor();
  const refused = async (field: string, input: object) => (await mutate(field, '__typename', input)).userErrors;
  for (const bad of [undefined, 'short', 'with space '.repeat(3), 'x'.repeat(101), `${visitor}\0`])
    expect(await refused('viewRecord', { productId: 'prod_1', visitor: bad })).toEqual([
      { code: 'VISITOR_INVALID', path: ['input', 'visitor'] },
    ]);
  expect(await refused('browsingForget', {})).toEqual([{ code: 'VISITOR_INVALID', path: ['input', 'visitor'] }]);
  for (const productId of ['prod_\0', 'x'.repeat(100_000)])
    expect(await refused('viewRecord', { productId, visitor })).toEqual([
      { code: 'PRODUCT_NOT_FOUND', path: ['input', 'productId'] },
    ]);
  for (const query of ['  ', '\0', 'x'.repeat(101)])
    expect(await refused('searchRecord', { query, visitor })).toEqual([
      { code: 'QUERY_INVALID', path: ['input', 'query'] },
    ]);
  for (const query of [`"( & | ! :*`, "'; DROP TABLE product; --"])
    expect(await mutate('searchRecord', 'recorded', { query, visitor })).toMatchObject({ recorded: true });
  await flushBrowsing();
  expect(await recommended(`, visitor: "${visitor}"`)).toEqual([]);
  expect(await viewed('no key')).toEqual([]);
});

test('each question costs one statement', async () => {
  const ids = await add(...Array.from({ length: 20 }, () => newProduct({ categoryId: 'cups' })));
  const visitor = newVisitor();
  await look(visitor, ...ids.slice(0, 10));
  const run = vi.spyOn(PipelinedConnections.prototype, 'run');
  const names = () => run.mock.calls.splice(0).map(([name]) => name);
  expect(await recommended(`, visitor: "${visitor}"`)).toHaveLength(3);
  expect(names()).toEqual(['discovery.recommend']);
  await viewed(visitor);
  expect(names()).toEqual(['discovery.recently-viewed']);
  run.mockRestore();
});
