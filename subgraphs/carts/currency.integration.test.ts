import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ratesNow } from '#subgraphs/pricing/contracts/exchange-rates.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { cartFreeze } from './contracts/checkout.ts';
import { database } from './database.ts';
import { customer, Neighbors, Shopper } from './testing/carts-api.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

let neighbors: Neighbors;
let guest: Shopper;
beforeEach(() => {
  neighbors = new Neighbors();
  guest = new Shopper(neighbors);
  neighbors.sell('cup', { cents: 1_250 });
  neighbors.sell('bowl', { cents: 2_000 });
  rates(160);
});
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
/** Yen for a euro now; those before that, with when they began. */
function rates(now: number, ...before: { rate: number; since: string }[]) {
  neighbors.yen = [{ rate: now, since: ago(0) }, ...before];
  ratesNow.forget();
}

const inYen = async (lines: Record<string, number>) => {
  const wanted = Object.entries(lines).map(([variantId, quantity]) => ({ variantId, quantity }));
  const { cart, userErrors } = await guest.change('cartCreate', { lines: wanted, currency: 'JPY' });
  expect(userErrors).toEqual([]);
  return cart!;
};
const moneyOf = async (id: string) => {
  const { data } = await guest.ask(
    'query($id: ID!) { cart(id: $id) { currency version lines { unitPrice { amount currency } } cost { total { amount currency } } } }',
    { id },
  );
  return JSON.parse(JSON.stringify(data!.cart));
};

test('23: a cart has a currency of its own, in which everything under it is', async () => {
  const { id } = await inYen({ cup: 3 });
  expect(await moneyOf(id)).toEqual({
    currency: 'JPY',
    version: 1,
    lines: [{ unitPrice: { amount: '2000', currency: 'JPY' } }],
    cost: { total: { amount: '6000', currency: 'JPY' } },
  });
});

test('its currency can be changed, back and forth; one that is not sold is refused and changes nothing', async () => {
  const { id } = await guest.fill({ cup: 2 });
  const to = (currency: string, more: object = {}) =>
    guest.change('cartCurrencyUpdate', { cartId: id, currency, ...more });
  expect((await to('JPY')).userErrors).toEqual([]);
  expect(await moneyOf(id)).toMatchObject({ currency: 'JPY', version: 2, cost: { total: { amount: '4000' } } });
  expect((await to('JPY')).cart!.version).toBe(2);
  expect((await to('USD')).userErrors).toMatchObject([{ code: 'CURRENCY_UNSUPPORTED', path: ['input', 'currency'] }]);
  expect((await to('EUR', { expectedVersion: 1 })).userErrors).toMatchObject([{ code: 'CART_CHANGED' }]);
  expect((await to('EUR')).userErrors).toEqual([]);
  expect(await moneyOf(id)).toMatchObject({ currency: 'EUR', version: 3, cost: { total: { amount: '25.00' } } });
  const refused = await guest.change('cartCreate', { currency: 'USD' });
  expect(refused.userErrors).toMatchObject([{ code: 'CURRENCY_UNSUPPORTED', path: ['input', 'currency'] }]);
});

test('with the catalog down it shows the prices it remembers, in its currency', async () => {
  const { id } = await guest.fill({ cup: 1 });
  await guest.change('cartCurrencyUpdate', { cartId: id, currency: 'JPY' });
  neighbors.down.add('catalog');
  expect((await moneyOf(id)).lines).toEqual([{ unitPrice: { amount: '2000', currency: 'JPY' } }]);
});

test('a claim brings lines into the currency of the cart that holds something, else it keeps the guest’s', async () => {
  const ada = customer('cus_ada');
  const signedIn = new Shopper(neighbors, ada);
  const first = await inYen({ cup: 1 });
  await signedIn.change('cartClaim', { cartId: first.id });
  const { cart: mine } = await signedIn.change('cartClaim', { cartId: (await guest.fill({ bowl: 1 })).id });
  neighbors.down.add('catalog');
  const { data } = await signedIn.ask('query($id: ID!) { cart(id: $id) { currency lines { unitPrice { amount } } } }', {
    id: mine!.id,
  });
  expect(JSON.parse(JSON.stringify(data!.cart))).toEqual({
    currency: 'JPY',
    lines: [{ unitPrice: { amount: '2000' } }, { unitPrice: { amount: '3200' } }],
  });
});

test('additions and changes of the currency at once lose nothing and mix nothing', async () => {
  const { id } = await guest.fill({ cup: 1 });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      i % 2
        ? guest.change('cartCurrencyUpdate', { cartId: id, currency: i % 4 === 1 ? 'JPY' : 'EUR' })
        : guest.change('cartLinesAdd', { cartId: id, lines: [{ variantId: 'bowl' }] }),
    ),
  );
  const added = answers.filter(({ userErrors }, i) => i % 2 === 0 && userErrors.length === 0).length;
  const { currency, lines } = await moneyOf(id);
  const [record] = await database.prisma.cart.findMany({ where: { id } });
  const remembered = record!.lines as unknown as { unitPrice: string; quantity: number; variantId: string }[];
  expect(remembered.map(({ unitPrice }) => unitPrice)).toEqual(
    currency === 'JPY' ? ['2000', '3200'].slice(0, lines.length) : ['1250', '2000'].slice(0, lines.length),
  );
  expect(remembered.find(({ variantId }) => variantId === 'bowl')?.quantity ?? 0).toBe(added);
});

const freeze = (cartId: string, orderId: string, expectedTotal: string) =>
  guest.internally(cartFreeze, { cartId, orderId, expectedVersion: null, expectedTotal });
const readyInYen = async () => {
  const { id } = await inYen({ cup: 1 });
  const address = { name: 'Ada', line1: 'Torstraße 1', city: 'Berlin', postalCode: '10119', country: 'DE' };
  await guest.change('cartDeliveryUpdate', { cartId: id, email: 'a@b.test', address, deliveryOptionId: 'standard' });
  return id;
};

test('15: rates that move within ten minutes do not change what was shown; after that they do', async () => {
  const shown = String(2_000 + 784);
  const id = await readyInYen();
  rates(170, { rate: 160, since: ago(60) });
  const held = (await freeze(id, 'ord_held', shown)).cartFreeze.snapshot!;
  expect([held.cost.total, held.lines[0]!.unitPrice, held.deliveryOption!.price].map(({ amount }) => amount)).toEqual([
    ...[shown, '2000', '784'],
  ]);
  const late = await readyInYen();
  neighbors.yen = [
    { rate: 170, since: ago(11) },
    { rate: 160, since: ago(60) },
  ];
  ratesNow.forget();
  // The order compares it with what was expected, and refuses.
  expect((await freeze(late, 'ord_late', shown)).cartFreeze.snapshot!.cost.total.amount).toBe(String(2_125 + 833));
});

test('what nobody was shown is no quote', async () => {
  const id = await readyInYen();
  rates(170, { rate: 160, since: ago(60) });
  expect((await freeze(id, 'ord_x', '1')).cartFreeze.snapshot!.cost.total.amount).toBe(String(2_125 + 833));
});
