import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { PipelinedConnections } from '#platform/database/statements.ts';
import { productsChanged } from '#subgraphs/catalog/contracts/products-changed.event.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { countOrders } from './count-orders.ts';
import { database } from './database.ts';
import { boughtTogether } from './listeners/bought-together.listener.ts';
import { followProducts } from './listeners/follow-products.listener.ts';
import { forgetCancelled, forgetRefunded } from './listeners/forget-orders.listener.ts';
import { rebuild } from './rebuild.ts';
import { ask, contextOf, neighborsOf, newCustomer, newProduct, shop } from './testing/discovery-api.ts';
import { writeProducts } from './write-products.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());
beforeEach(async () => {
  shop.products.clear();
  shop.orders.length = 0;
  await database.prisma.$executeRaw`TRUNCATE product, counted_order, sold, pair, scheduled`;
});

const add = (...products: ReturnType<typeof newProduct>[]) => writeProducts(products);
/** Orders that hold these, as orders tells of them. */
const ordered = (...baskets: string[][]) => {
  const orders = baskets.map((productIds) => ({ orderId: newId('ord'), productIds }));
  shop.orders.push(...orders);
  return orders;
};
const hear = (orders: { orderId: string }[]) =>
  boughtTogether.handle(
    orders.map(({ orderId }) => orderConfirmed({ orderId })) as never,
    contextOf(null, 'discovery'),
  );
const pairs = async () => {
  const rows = await database.prisma.pair.findMany({ orderBy: [{ productId: 'asc' }, { otherId: 'asc' }] });
  return rows.map(({ productId, otherId, orders }) => `${productId} ${otherId} ${orders}`);
};

test('related products are of the same category first, then brand, tags and price; itself and what is hidden never', async () => {
  const cup = newProduct({
    categoryId: 'cups',
    aisleId: 'kitchen',
    brand: 'Harbor',
    tags: ['tea', 'mug'],
    priceMinor: '1500',
  });
  const near = newProduct({ categoryId: 'cups', tags: ['tea'], priceMinor: '1600' });
  const far = newProduct({ categoryId: 'cups', priceMinor: '90000' });
  const brand = newProduct({ categoryId: 'bowls', aisleId: 'kitchen', brand: 'Harbor', priceMinor: '1500' });
  const tag = newProduct({ categoryId: 'books', tags: ['tea', 'paper'], priceMinor: '1500' });
  const aisle = newProduct({ categoryId: 'knives', aisleId: 'kitchen', priceMinor: '1600' });
  const hidden = newProduct({ categoryId: 'cups', priceMinor: '1500', published: false });
  const other = newProduct({ categoryId: 'shoes', priceMinor: '1500' });
  await add(cup, near, far, brand, tag, aisle, hidden, other);
  expect(await neighborsOf([cup.id, other.id, 'prod_none'], 'relatedProducts')).toEqual([
    [near.id, far.id, brand.id, tag.id, aisle.id],
    [],
    [],
  ]);
  expect(await neighborsOf([cup.id], 'relatedProducts', 2)).toEqual([[near.id, far.id]]);
});

test('of two sayings about a product the newer stays, in whichever order they come', async () => {
  const old = newProduct({ categoryId: 'cups', version: 6 });
  const moved = { ...old, categoryId: 'bowls', version: 7 };
  const categories = () => database.prisma.product.findMany({ select: { categoryId: true } });
  await add(moved);
  await add(old);
  expect(await categories()).toEqual([{ categoryId: 'bowls' }]);
  await database.prisma.product.deleteMany();
  await Promise.all([add(old), add(moved), add(old)]);
  expect(await categories()).toEqual([{ categoryId: 'bowls' }]);
});

test('bought together is what was in the same orders at least twice, closest first: what everybody buys comes behind', async () => {
  const [tea, pot, bag, once] = [newProduct(), newProduct(), newProduct(), newProduct()];
  await add(tea, pot, bag, once);
  const alone = Array.from({ length: 20 }, () => [bag.id]);
  const [withPot, withBag] = [
    [tea.id, pot.id],
    [tea.id, bag.id],
  ];
  await hear(ordered(withPot, withPot, withBag, withBag, withBag, [tea.id, once.id], ...alone));
  expect(await neighborsOf([tea.id, once.id], 'boughtTogether')).toEqual([[pot.id, bag.id], []]);
  await add({ ...pot, published: false });
  expect(await neighborsOf([tea.id], 'boughtTogether')).toEqual([[bag.id]]);
});

test('orders told of in many batches at once, again and again, are each counted once', async () => {
  const ids = Array.from({ length: 6 }, (_, i) => `prod_${i}`);
  const baskets = Array.from({ length: 60 }, (_, i) => [ids[i % 6]!, ids[(i + 1) % 6]!, ids[(i + 3) % 6]!]);
  const orders = ordered(...baskets);
  const batches = Array.from({ length: 12 }, (_, i) => orders.filter((_, n) => (n + i) % 3 !== 0).reverse());
  await Promise.all([...batches.map(hear), ...orders.slice(0, 10).map((order) => hear([order])), hear(orders)]);
  const expected = new Map<string, number>();
  for (const basket of baskets)
    for (const a of basket)
      for (const b of basket) if (a !== b) expected.set(`${a} ${b}`, (expected.get(`${a} ${b}`) ?? 0) + 1);
  expect(await pairs()).toEqual([...expected].map(([key, n]) => `${key} ${n}`).sort());
  const sold = await database.prisma.sold.findMany();
  expect(sold.map(({ orders: n }) => n)).toEqual(Array(6).fill(30));
});

test('cancelled and wholly refunded orders leave the counts, each once, also those that are counted later or were edited', async () => {
  const baskets = Array.from({ length: 30 }, () => ['prod_a', 'prod_b', 'prod_c']);
  const orders = ordered(...baskets);
  await hear(orders.slice(0, 20));
  const ids = orders.map(({ orderId }) => orderId);
  shop.orders = shop.orders.map((order, i) => (i < 10 ? { ...order, productIds: ['prod_z'] } : order));
  const told = (from: number, to: number) => ids.slice(from, to).map((orderId) => ({ id: 'e', payload: { orderId } }));
  const cancel = (from: number, to: number) => forgetCancelled.handle(told(from, to) as never, contextOf());
  await Promise.all([cancel(0, 10), cancel(5, 15), cancel(0, 15), cancel(20, 25), hear(orders.slice(20))]);
  await hear(orders);
  for (const order of shop.orders) if (ids.indexOf(order.orderId) < 17) order.isGone = true;
  await forgetRefunded.handle(told(10, 30) as never, contextOf());
  // 30 orders, of which 0 to 16 and 20 to 24 are gone.
  expect(await pairs()).toEqual(
    ['a b', 'a c', 'b a', 'b c', 'c a', 'c b'].map((pair) => `prod_${pair.replace(' ', ' prod_')} 8`),
  );
  expect((await database.prisma.sold.findMany()).map(({ orders: n }) => n)).toEqual([8, 8, 8]);
});

test('an order of a hundred products counts by twenty of them', async () => {
  await countOrders(ordered(Array.from({ length: 100 }, (_, i) => `prod_${i}`)));
  expect(await database.prisma.pair.count()).toBe(20 * 19);
  await countOrders([{ orderId: 'ord_empty', productIds: [] }]);
  expect(await database.prisma.countedOrder.count()).toBe(1);
});

test('products are followed as catalog changes them, and what it no longer has is gone', async () => {
  const cup = newProduct({ categoryId: 'cups' });
  const mug = newProduct({ categoryId: 'cups' });
  const change = (...ids: string[]) => {
    const products = ids.map((productId) => ({
      productId,
      version: 1,
      published: true,
      deleted: false,
      newVariants: [],
    }));
    return followProducts.handle([productsChanged({ products })] as never, contextOf(null, 'discovery'));
  };
  await change(cup.id, mug.id);
  expect(await neighborsOf([cup.id], 'relatedProducts')).toEqual([[mug.id]]);
  newProduct({ ...mug, published: false, version: 2 });
  await Promise.all([change(mug.id), change(mug.id, cup.id)]);
  expect(await neighborsOf([cup.id], 'relatedProducts')).toEqual([[]]);
  shop.products.delete(mug.id);
  await change(mug.id);
  expect(await database.prisma.product.findMany({ select: { id: true } })).toEqual([{ id: cup.id }]);
});

test('rebuilding reads what events have missed, forgets what is gone, and counts nothing twice', async () => {
  const products = Array.from({ length: 1_100 }, () => newProduct({ categoryId: 'cups' }));
  const [first, second] = [products[0]!, products[1]!];
  const orders = ordered(...Array.from({ length: 600 }, () => [first.id, second.id]));
  await hear(orders.slice(0, 300));
  const gone = newProduct({ createdAt: '2026-01-01T00:00:00Z' });
  await add(gone);
  shop.products.delete(gone.id);
  for (let i = 0; i < 2; i++) await rebuild(contextOf(null, 'discovery'));
  expect(await database.prisma.product.count()).toBe(1_100);
  expect(await database.prisma.product.findUnique({ where: { id: gone.id } })).toBeNull();
  expect(await pairs()).toEqual([`${first.id} ${second.id} 600`, `${second.id} ${first.id} 600`].sort());
});

test('staff has it rebuilt at once, and nobody else', async () => {
  await database.prisma.scheduled.create({
    data: { name: 'rebuild', dueAt: new Date(Date.now() + 3_600_000), leaseUntil: new Date(), fence: 1 },
  });
  const mutation = 'mutation { discoveryRebuild { scheduled } }';
  expect((await ask(mutation, {}, newCustomer(['reviews:write']))).errors).toEqual(['FORBIDDEN']);
  expect((await ask(mutation)).errors).toEqual(['UNAUTHENTICATED']);
  const due = async () => (await database.prisma.scheduled.findFirstOrThrow()).dueAt.getTime() <= Date.now();
  expect(await due()).toBe(false);
  expect((await ask(mutation, {}, newCustomer(['operations:write']))).data).toEqual({
    discoveryRebuild: { scheduled: true },
  });
  expect(await due()).toBe(true);
});

test('a page of products costs one statement a field, and a batch of orders one', async () => {
  const products = Array.from({ length: 30 }, () => newProduct({ categoryId: 'cups' }));
  await add(...products);
  const run = vi.spyOn(PipelinedConnections.prototype, 'run');
  const names = () => run.mock.calls.splice(0).map(([name]) => name);
  const ids = products.map(({ id }) => id);
  await neighborsOf(ids, 'relatedProducts');
  expect(names()).toEqual(['discovery.related']);
  await neighborsOf(ids, 'boughtTogether');
  expect(names()).toEqual(['discovery.together']);
  await hear(ordered(...Array.from({ length: 200 }, () => ids.slice(0, 3))));
  expect(names()).toEqual(['discovery.count-orders']);
  run.mockRestore();
});
