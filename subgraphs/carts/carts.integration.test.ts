import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from './database.ts';
import { type CartAnswer, customer, Neighbors, Shopper } from './testing/carts-api.ts';

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
  neighbors.sell('cup', { title: 'Cup', cents: 1_250 });
  neighbors.sell('bowl', { title: 'Bowl', cents: 2_000 });
});

const held = (cart: CartAnswer | null) => cart?.lines.map(({ title, quantity }) => `${quantity} ${title}`);
const codes = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map(({ code }) => code);
const add = (shopper: Shopper, cartId: string, variantId: string, quantity = 1, more = {}) =>
  shopper.change('cartLinesAdd', { cartId, lines: [{ variantId, quantity }], ...more });
const ADDRESS = { name: 'Ada', line1: 'Torstraße 1', city: 'Berlin', postalCode: '10119', country: 'DE' };

test('a new cart is empty, secret and not ready; what it lacks is told', async () => {
  const { cart } = await guest.change('cartCreate', {});
  expect(cart).toMatchObject({ version: 1, totalQuantity: 0, lines: [], readyToPlace: false });
  expect(cart?.id).toMatch(/^cart_[0-9A-HJKMNP-TV-Z]{32}$/);
  expect(cart?.problems).toEqual([{ code: 'EMPTY', available: null }]);
  expect((await guest.fill({ cup: 1 })).problems.map(({ code }) => code)).toEqual([
    'EMAIL_REQUIRED',
    'DELIVERY_ADDRESS_REQUIRED',
    'DELIVERY_OPTION_REQUIRED',
  ]);
  expect(codes(await guest.change('cartCreate', { currency: 'USD' }))).toEqual(['CURRENCY_UNSUPPORTED']);
});

test('with e-mail, address and delivery it is ready, and costs the delivery too', async () => {
  const { id } = await guest.fill({ cup: 2 });
  const early = await guest.change('cartDeliveryUpdate', { cartId: id, deliveryOptionId: 'standard' });
  expect(codes(early)).toEqual(['DELIVERY_UNAVAILABLE']);
  const input = { cartId: id, email: 'ada@example.com', address: ADDRESS, deliveryOptionId: 'standard' };
  expect((await guest.change('cartDeliveryUpdate', input)).cart).toMatchObject({
    version: 2,
    problems: [],
    readyToPlace: true,
    cost: { total: { amount: '29.90' }, isEstimate: false },
  });
});

test('addresses where we do not deliver and deliveries that are not offered are refused and change nothing', async () => {
  const before = await guest.fill({ cup: 1 });
  const deliver = (change: object) => guest.change('cartDeliveryUpdate', { cartId: before.id, ...change });
  expect(codes(await deliver({ address: { ...ADDRESS, country: 'US' } }))).toEqual(['DELIVERY_UNAVAILABLE']);
  expect(codes(await deliver({ address: ADDRESS, deliveryOptionId: 'by-drone' }))).toEqual(['DELIVERY_UNAVAILABLE']);
  expect(codes(await deliver({ address: { ...ADDRESS, city: ' ' } }))).toEqual(['ADDRESS_INVALID']);
  expect(codes(await deliver({ email: 'nobody' }))).toEqual(['EMAIL_INVALID']);
  expect(await guest.read(before.id)).toEqual(before);
});

test('1: ten parallel additions of 1 sum to 10', async () => {
  const { id } = await guest.fill({});
  const answers = await Promise.all(Array.from({ length: 10 }, () => add(guest, id, 'cup')));
  expect(answers.flatMap(codes)).toEqual([]);
  const cart = await guest.read(id);
  expect(held(cart)).toEqual(['10 Cup']);
  expect(cart?.version).toBe(11);
});

test('1: parallel additions of different things, updates and a note lose nothing', async () => {
  const { id, lines } = await guest.fill({ bowl: 1 });
  await Promise.all([
    ...Array.from({ length: 20 }, () => add(guest, id, 'cup')),
    guest.change('cartLinesUpdate', { cartId: id, lines: [{ lineId: lines[0]!.id, quantity: 7 }] }),
    guest.change('cartNoteUpdate', { cartId: id, note: 'Ring twice' }),
    guest.change('cartDeliveryUpdate', { cartId: id, email: 'ada@example.com' }),
  ]);
  const cart = await guest.read(id);
  expect(held(cart)).toEqual(['7 Bowl', '20 Cup']);
  expect(cart).toMatchObject({ version: 24, note: 'Ring twice', email: 'ada@example.com' });
});

test('2: a stale expectedVersion is refused with CART_CHANGED and changes nothing', async () => {
  const { id, lines } = await guest.fill({ cup: 1 });
  await add(guest, id, 'bowl');
  const before = await guest.read(id);
  const stale = { cartId: id, expectedVersion: 1 };
  const lineId = lines[0]!.id;
  const answers = [
    await guest.change('cartLinesAdd', { ...stale, lines: [{ variantId: 'cup' }] }),
    await guest.change('cartLinesUpdate', { ...stale, lines: [{ lineId, quantity: 5 }] }),
    await guest.change('cartLinesRemove', { ...stale, lineIds: [lineId] }),
    await guest.change('cartDeliveryUpdate', { ...stale, email: 'ada@example.com' }),
    await guest.change('cartNoteUpdate', { ...stale, note: 'Hello' }),
  ];
  expect(answers.map(codes)).toEqual(Array(5).fill(['CART_CHANGED']));
  expect(await guest.read(id)).toEqual(before);
});

test('2: of ten changes at once that expect the same version one is made', async () => {
  const { id } = await guest.fill({ cup: 1 });
  const answers = await Promise.all(Array.from({ length: 10 }, () => add(guest, id, 'cup', 1, { expectedVersion: 1 })));
  expect(answers.flatMap(codes)).toEqual(Array(9).fill('CART_CHANGED'));
  expect(held(await guest.read(id))).toEqual(['2 Cup']);
});

test('3: one line a variant; 0 removes it; -1, 2^31 and 1.5 are refused; limits hold', async () => {
  neighbors.sell('nail', { title: 'Nail', available: 5_000 });
  const { id } = await guest.fill({ cup: 1 });
  await add(guest, id, 'cup', 2);
  const { cart } = await guest.change('cartLinesAdd', {
    cartId: id,
    lines: [{ variantId: 'bowl' }, { variantId: 'bowl', quantity: 3 }],
  });
  expect(held(cart)).toEqual(['3 Cup', '4 Bowl']);
  const [cup, bowl] = cart!.lines;
  const emptied = await guest.change('cartLinesUpdate', { cartId: id, lines: [{ lineId: cup!.id, quantity: 0 }] });
  expect(held(emptied.cart)).toEqual(['4 Bowl']);
  const before = await guest.read(id);
  for (const quantity of [2 ** 31, 1.5]) await expect(add(guest, id, 'cup', quantity)).rejects.toThrow(/Int/);
  expect(codes(await add(guest, id, 'cup', -1))).toEqual(['INVALID_QUANTITY']);
  expect(codes(await add(guest, id, 'cup', 0))).toEqual(['INVALID_QUANTITY']);
  expect(codes(await add(guest, id, 'nail', 1_000))).toEqual(['INVALID_QUANTITY']);
  const gone = await guest.change('cartLinesUpdate', { cartId: id, lines: [{ lineId: cup!.id, quantity: 1 }] });
  expect(codes(gone)).toEqual(['LINE_NOT_FOUND']);
  const many = Array.from({ length: 251 }, (_, i) => ({ variantId: neighbors.sell(`v${i}`) }));
  expect(codes(await guest.change('cartLinesAdd', { cartId: id, lines: many }))).toEqual(['LINE_LIMIT']);
  expect(codes(await guest.change('cartLinesAdd', { cartId: id, lines: many.slice(1) }))).toEqual(['LINE_LIMIT']);
  expect(await guest.read(id)).toEqual(before);
  const removed = await guest.change('cartLinesRemove', { cartId: id, lineIds: [bowl!.id] });
  expect(removed.cart?.lines).toEqual([]);
});

test('4: more than available is refused with what is available, and nothing changed', async () => {
  neighbors.sell('rare', { title: 'Rare bowl', available: 3 });
  const { id } = await guest.fill({ rare: 2 });
  const before = await guest.read(id);
  const refused = {
    code: 'INSUFFICIENT_STOCK',
    available: 3,
    message: 'Only 3 of Rare bowl are left.',
    path: ['input', 'lines', '0', 'quantity'],
  };
  expect((await add(guest, id, 'rare', 2)).userErrors).toEqual([refused]);
  const lineId = before!.lines[0]!.id;
  const update = await guest.change('cartLinesUpdate', { cartId: id, lines: [{ lineId, quantity: 4 }] });
  expect(update.userErrors).toEqual([refused]);
  expect((await guest.change('cartCreate', { lines: [{ variantId: 'rare', quantity: 4 }] })).userErrors).toEqual([
    refused,
  ]);
  expect(await guest.read(id)).toEqual(before);
});

test('4: stock that went after adding is a problem of the line and of the cart', async () => {
  const { id } = await guest.fill({ cup: 4 });
  neighbors.stock.set('cup', 1);
  const cart = await guest.read(id);
  expect(cart?.lines[0]?.problem).toEqual({ code: 'INSUFFICIENT_STOCK', available: 1 });
  expect(cart?.problems).toContainEqual({ code: 'INSUFFICIENT_STOCK', available: 1 });
});

test('5: an unpublished variant is refused; one in the cart is shown as unavailable and blocks checkout', async () => {
  const { id } = await guest.fill({ cup: 1, bowl: 1 });
  neighbors.sold.set('cup', { ...neighbors.sold.get('cup')!, sellable: false });
  neighbors.sold.delete('bowl');
  expect(codes(await add(guest, id, 'cup'))).toEqual(['VARIANT_NOT_FOUND']);
  expect(codes(await add(guest, id, 'no-such-thing'))).toEqual(['VARIANT_NOT_FOUND']);
  const cart = await guest.read(id);
  expect(held(cart)).toEqual(['1 Cup', '1 Bowl']);
  expect(cart?.lines.map(({ variant }) => variant)).toEqual([{ id: 'cup' }, null]);
  expect(cart?.problems.slice(0, 2).map(({ code }) => code)).toEqual(['VARIANT_UNAVAILABLE', 'VARIANT_UNAVAILABLE']);
  expect(cart?.readyToPlace).toBe(false);
});

test('7: a price change after adding shows at once', async () => {
  const { id } = await guest.fill({ cup: 2 });
  neighbors.sold.set('cup', { title: 'Cup, large', cents: 1_500, sellable: true });
  expect(await guest.read(id)).toMatchObject({
    lines: [{ title: 'Cup, large', unitPrice: { amount: '15.00' }, total: { amount: '30.00' } }],
    cost: { total: { amount: '30.00' } },
  });
});

test('8: a retried cartLinesAdd adds once, also at once with itself and with the version of its first try', async () => {
  const { id } = await guest.fill({});
  const retried = () => add(guest, id, 'cup', 2, { idempotencyKey: 'k1', expectedVersion: 1 });
  const answers = await Promise.all(Array.from({ length: 6 }, retried));
  expect(answers.flatMap(codes)).toEqual([]);
  neighbors.sold.set('cup', { title: 'Cup', cents: 1_250, sellable: false });
  expect(codes(await retried())).toEqual([]);
  neighbors.sell('cup', { title: 'Cup', cents: 1_250 });
  await add(guest, id, 'cup', 1, { idempotencyKey: 'k2' });
  const cart = await guest.read(id);
  expect([held(cart), cart?.version]).toEqual([['3 Cup'], 3]);
});

test("a customer's cart answers its owner only; to others it is as if there were none", async () => {
  const ada = new Shopper(neighbors, customer('cus_ada'));
  const eve = new Shopper(neighbors, customer('cus_eve'));
  const { id } = await ada.fill({ cup: 1 });
  const before = await ada.read(id);
  for (const other of [eve, guest]) {
    expect(await other.read(id)).toBeNull();
    const lineId = before!.lines[0]!.id;
    const answers = await Promise.all([
      add(other, id, 'cup'),
      other.change('cartLinesUpdate', { cartId: id, lines: [{ lineId, quantity: 9 }] }),
      other.change('cartLinesRemove', { cartId: id, lineIds: [lineId] }),
      other.change('cartNoteUpdate', { cartId: id, note: 'mine' }),
      other.change('cartDeliveryUpdate', { cartId: id, email: 'eve@example.com', address: ADDRESS }),
    ]);
    const { userErrors } = await add(other, `cart_${'0'.repeat(32)}`, 'cup');
    for (const answer of answers) expect(answer.userErrors).toEqual(userErrors);
    expect(userErrors[0]?.code).toBe('CART_NOT_FOUND');
    const entities = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Cart { version } ... on Customer { cart { version } } } }`;
    const r = [
      { __typename: 'Cart', id },
      { __typename: 'Customer', id: 'cus_ada' },
    ];
    expect((await other.ask(entities, { r })).data?._entities).toEqual([null, { cart: null }]);
  }
  expect(await ada.read(id)).toEqual(before);
  for (const odd of ['', 'cart_\0', 'x'.repeat(10_000), 'cart_😀']) expect(await guest.read(odd)).toBeNull();
});

test('a customer has one cart: ten made at once are one, holding what all ten asked for', async () => {
  const ada = new Shopper(neighbors, customer('cus_one'));
  const made = await Promise.all(Array.from({ length: 10 }, () => ada.fill({ cup: 1 })));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  expect(held(await ada.read(made[0]!.id))).toEqual(['10 Cup']);
});

test('texts that are odd are stored or refused', async () => {
  const { id } = await guest.fill({ cup: 1 });
  const note = (text: string) => guest.change('cartNoteUpdate', { cartId: id, note: text });
  expect((await note('a\0b 😀 שלום \ud800')).cart?.note).toBe('ab 😀 שלום');
  expect(codes(await note('x'.repeat(1_001)))).toEqual(['TOO_LONG']);
  expect((await note('x'.repeat(1_000))).cart?.note).toHaveLength(1_000);
  expect((await note('  ')).cart?.note).toBeNull();
  expect(codes(await add(guest, id, 'cup', 1, { idempotencyKey: 'k\0\udc00' }))).toEqual([]);
  expect(codes(await add(guest, id, 'cup', 1, { idempotencyKey: 'k'.repeat(201) }))).toEqual(['TOO_LONG']);
});

test('34: with the catalog or inventory down a cart is read, with what it remembers', async () => {
  const { id } = await guest.fill({ cup: 2 });
  neighbors.sold.set('cup', { title: 'Cup, large', cents: 9_900, sellable: true });
  neighbors.stock.set('cup', 0);
  neighbors.down.add('catalog').add('inventory');
  const cart = await guest.read(id);
  expect(cart).toMatchObject({
    lines: [{ title: 'Cup', variant: { id: 'cup' }, unitPrice: { amount: '12.50' }, problem: null }],
    cost: { total: { amount: '25.00' } },
  });
  neighbors.down.delete('catalog');
  expect(held((await add(guest, id, 'cup')).cart)).toEqual(['3 Cup, large']);
});

test('34: with shipping down a cart is read, as an estimate without its delivery', async () => {
  const { id } = await guest.fill({ cup: 1 });
  const input = { cartId: id, email: 'ada@example.com', address: ADDRESS, deliveryOptionId: 'standard' };
  await guest.change('cartDeliveryUpdate', input);
  neighbors.down.add('shipping');
  expect(await guest.read(id)).toMatchObject({
    problems: [],
    cost: { total: { amount: '12.50' }, isEstimate: true },
  });
});

test('34: with pricing down the lines of a cart are read, and what they cost is not', async () => {
  const { id } = await guest.fill({ cup: 1 });
  neighbors.down.add('pricing');
  const { data, errors } = await guest.ask('query($id: ID!) { cart(id: $id) { lines { title quantity } } }', { id });
  expect([data, errors]).toEqual([{ cart: { lines: [{ title: 'Cup', quantity: 1 }] } }, undefined]);
});

test('a cart asks each neighbor once, and none for what is not selected', async () => {
  const { id } = await guest.fill({ cup: 1, bowl: 1 });
  await guest.change('cartDeliveryUpdate', { cartId: id, address: ADDRESS, deliveryOptionId: 'standard' });
  neighbors.asked.length = 0;
  await guest.read(id);
  expect(neighbors.asked.sort()).toEqual(['catalog', 'inventory', 'pricing', 'shipping']);
  neighbors.asked.length = 0;
  await guest.ask('query($id: ID!) { cart(id: $id) { version email totalQuantity } }', { id });
  expect(neighbors.asked).toEqual([]);
  await guest.ask('query($id: ID!) { cart(id: $id) { lines { title } parcel { weightGrams } } }', { id });
  expect(neighbors.asked).toEqual(['catalog']);
});
