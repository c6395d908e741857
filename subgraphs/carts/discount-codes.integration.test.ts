import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '#tests/test-database.ts';
import { cartFreeze, cartReopen } from './contracts/checkout.ts';
import { database } from './database.ts';
import { Neighbors, Shopper } from './testing/carts-api.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

const neighbors = new Neighbors();
const guest = new Shopper(neighbors);
neighbors.sell('cup', { cents: 1_250 });

const setCodes = (cartId: string, codes: string[], more: object = {}) =>
  guest.change('cartDiscountCodesUpdate', { cartId, codes, ...more });
const codesOf = async (id: string) => {
  const { data } = await guest.ask(
    'query($id: ID!) { cart(id: $id) { version cost { total { amount } discount { amount } } discountCodes { code applicable reason } problems { code message } } }',
    { id },
  );
  return JSON.parse(JSON.stringify(data!.cart));
};

test('a code makes the cart cheaper, however it is typed; one that is of no use says why and stands in the way', async () => {
  const { id } = await guest.fill({ cup: 2 });
  expect((await setCodes(id, [' tenner ', 'TENNER', ''])).userErrors).toEqual([]);
  expect(await codesOf(id)).toMatchObject({
    cost: { total: { amount: '24.00' }, discount: { amount: '1.00' } },
    discountCodes: [{ code: 'TENNER', applicable: true, reason: null }],
  });
  await setCodes(id, ['TENNER', 'other']);
  const { discountCodes, problems } = await codesOf(id);
  expect(discountCodes[1]).toEqual({ code: 'OTHER', applicable: false, reason: 'We do not know this code.' });
  expect(problems).toContainEqual({
    code: 'DISCOUNT_NOT_APPLICABLE',
    message: 'OTHER: We do not know this code. Remove the code to go on.',
  });
  await setCodes(id, []);
  expect(await codesOf(id)).toMatchObject({ discountCodes: [], cost: { total: { amount: '25.00' } } });
});

test('2, 44: a stale version, too many codes, endless ones and unwritable ones change nothing or harm nothing', async () => {
  const { id, version } = await guest.fill({ cup: 1 });
  const refusals = async (codes: string[], more = {}) =>
    (await setCodes(id, codes, more)).userErrors.map(({ code, path }) => [code, path]);
  expect(await refusals(['A'], { expectedVersion: version + 1 })).toEqual([
    ['CART_CHANGED', ['input', 'expectedVersion']],
  ]);
  expect(await refusals(['A', 'B', 'C', 'D', 'E', 'F'])).toEqual([['TOO_LONG', ['input', 'codes']]]);
  expect(await refusals(Array(10_000).fill('A'))).toEqual([['TOO_LONG', ['input', 'codes']]]);
  expect(await refusals(['A', 'x'.repeat(1_000_000)])).toEqual([['TOO_LONG', ['input', 'codes', '1']]]);
  expect(await codesOf(id)).toMatchObject({ version, discountCodes: [] });
  expect(await refusals(['te\0nner\ud800'])).toEqual([]);
  expect((await codesOf(id)).discountCodes).toMatchObject([{ code: 'TENNER' }]);
});

test('the frozen cart tells its codes, and ten changes of them at once leave one whole list', async () => {
  const { id } = await guest.fill({ cup: 1 });
  await guest.change('cartDeliveryUpdate', {
    ...{ cartId: id, email: 'ada@example.com', deliveryOptionId: 'standard' },
    address: { name: 'Ada', line1: 'Torstraße 1', city: 'Berlin', postalCode: '10119', country: 'DE' },
  });
  await setCodes(id, ['TENNER']);
  const { cartFreeze: frozen } = await guest.internally(cartFreeze, {
    cartId: id,
    orderId: 'ord_1',
    expectedVersion: null,
  });
  expect(frozen.snapshot).toMatchObject({ discountCodes: ['TENNER'], cost: { discount: { amount: '1.00' } } });
  expect((await setCodes(id, [])).userErrors).toMatchObject([{ code: 'CART_CLOSED' }]);
  await guest.internally(cartReopen, { cartId: id, orderId: 'ord_1' });
  const lists = Array.from({ length: 10 }, (_, i) => [`A${i}`, `B${i}`]);
  await Promise.all(lists.map((codes) => setCodes(id, codes)));
  const left = (await codesOf(id)).discountCodes.map(({ code }: { code: string }) => code);
  expect(lists).toContainEqual(left);
});
