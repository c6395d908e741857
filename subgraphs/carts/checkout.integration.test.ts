import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { PipelinedConnections } from '#platform/database/statements.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { cartClose, cartFreeze, cartReopen } from './contracts/checkout.ts';
import { database } from './database.ts';
import { sweep } from './sweep-expired.ts';
import { type CartAnswer, customer, Neighbors, Shopper } from './testing/carts-api.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

let neighbors: Neighbors;
let guest: Shopper;
let customers = 0;
let me: Shopper;
beforeEach(() => {
  neighbors = new Neighbors();
  guest = new Shopper(neighbors);
  me = new Shopper(neighbors, customer(`cus_${++customers}`));
  neighbors.sell('cup', { title: 'Cup', cents: 1_250 });
  neighbors.sell('bowl', { title: 'Bowl', cents: 2_000 });
});

const codes = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map(({ code }) => code);
const held = (cart: CartAnswer | null) => cart?.lines.map(({ title, quantity }) => `${quantity} ${title}`);
const add = (shopper: Shopper, cartId: string, variantId: string, quantity = 1) =>
  shopper.change('cartLinesAdd', { cartId, lines: [{ variantId, quantity }] });
const claim = (shopper: Shopper, cartId: string) => shopper.change('cartClaim', { cartId });
const freeze = async (cartId: string, orderId: string, expectedVersion: number | null = null, shopper = guest) =>
  (await shopper.internally(cartFreeze, { cartId, orderId, expectedVersion })).cartFreeze;
const reopen = async (cartId: string, orderId: string) =>
  (await guest.internally(cartReopen, { cartId, orderId })).cartReopen.reopened;
const closeFor = async (cartId: string, orderId: string) =>
  (await guest.internally(cartClose, { cartId, orderId })).cartClose.closed;

const ADDRESS = { name: 'Ada', line1: 'Torstraße 1', city: 'Berlin', postalCode: '10119', country: 'DE' };

/** A cart that can be placed. */
async function ready(shopper = guest): Promise<CartAnswer> {
  const { id } = await shopper.fill({ cup: 2, bowl: 1 });
  const delivery = { cartId: id, email: 'ada@example.com', address: ADDRESS, deliveryOptionId: 'standard' };
  const { cart } = await shopper.change('cartDeliveryUpdate', delivery);
  return cart!;
}

test('gift cards alone need neither stock nor delivery; beside goods the goods are sent without them', async () => {
  neighbors.sell('card', { title: 'Gift card', cents: 5_000, available: 0, isGiftCard: true });
  const { id } = await guest.fill({ card: 3 });
  const delivery = { cartId: id, email: 'ada@example.com', address: { ...ADDRESS, country: 'NZ' } };
  expect(codes(await guest.change('cartDeliveryUpdate', delivery))).toEqual([]);
  const alone = await freeze(id, 'ord_cards');
  expect(alone.problems).toEqual([]);
  expect(alone.snapshot).toMatchObject({
    ...{ weightGrams: 0, deliveryOption: { title: 'By e-mail', price: { amount: '0.00' } } },
    lines: [{ title: 'Gift card', isGiftCard: true, quantity: 3 }],
  });
  await reopen(id, 'ord_cards');
  await add(guest, id, 'cup');
  const mixed = await freeze(id, 'ord_mixed');
  expect(mixed.problems.map(({ code }) => code)).toEqual(['DELIVERY_OPTION_REQUIRED']);
  const sent = { cartId: id, address: ADDRESS, deliveryOptionId: 'standard' };
  expect(codes(await guest.change('cartDeliveryUpdate', sent))).toEqual([]);
  const { snapshot } = await freeze(id, 'ord_mixed_2');
  expect([snapshot!.weightGrams, snapshot!.lines.map(({ isGiftCard }) => isGiftCard)]).toEqual([500, [true, false]]);
});

/** Every change there is, each answered with its codes. */
async function tryChanges(shopper: Shopper, { id, lines }: CartAnswer): Promise<string[][]> {
  const lineId = lines[0]!.id;
  const answers = await Promise.all([
    add(shopper, id, 'cup'),
    shopper.change('cartLinesUpdate', { cartId: id, lines: [{ lineId, quantity: 9 }] }),
    shopper.change('cartLinesRemove', { cartId: id, lineIds: [lineId] }),
    shopper.change('cartDeliveryUpdate', { cartId: id, email: 'other@example.com' }),
    shopper.change('cartNoteUpdate', { cartId: id, note: 'Too late' }),
  ]);
  return answers.map(codes);
}
const every = (code: string) => Array(5).fill([code]);

const age = (id: string, days: number) =>
  database.statement('test.age', `UPDATE cart SET expires_at = now() - make_interval(days => $2) WHERE id = $1`)(
    id,
    days,
  );

test('freezing answers the cart as it is bought, and refuses every change until it is reopened', async () => {
  const cart = await ready();
  const { snapshot, problems, userErrors } = await freeze(cart.id, 'ord_a', cart.version);
  expect([problems, userErrors]).toEqual([[], []]);
  expect(snapshot).toMatchObject({
    cartId: cart.id,
    version: cart.version,
    customerId: null,
    email: 'ada@example.com',
    currency: 'EUR',
    weightGrams: 1_500,
    deliveryAddress: { city: 'Berlin', line2: null },
    deliveryOption: { id: 'standard', price: { amount: '4.90' } },
    cost: { subtotal: { amount: '45.00' }, shipping: { amount: '4.90' }, total: { amount: '49.90' } },
    lines: [
      {
        variantId: 'cup',
        sku: 'CUP',
        quantity: 2,
        options: [{ name: 'Size', value: 'M' }],
        total: { amount: '25.00' },
      },
      { variantId: 'bowl', quantity: 1, unitPrice: { amount: '20.00' } },
    ],
  });
  expect(await tryChanges(guest, cart)).toEqual(every('CART_CLOSED'));
  expect((await guest.read(cart.id))?.readyToPlace).toBe(false);

  expect(await reopen(cart.id, 'ord_b')).toBe(false);
  expect(await reopen(cart.id, 'ord_a')).toBe(true);
  expect(await reopen(cart.id, 'ord_a')).toBe(true);
  expect(await guest.read(cart.id)).toEqual(cart);
  expect(codes(await add(guest, cart.id, 'cup'))).toEqual([]);
});

test('a repetition answers the same snapshot, whatever became of prices, and whoever asks for the order', async () => {
  const cart = await ready(me);
  const first = await freeze(cart.id, 'ord_r', cart.version, me);
  neighbors.sell('cup', { title: 'Cup', cents: 9_900 });
  neighbors.down.add('catalog').add('pricing');
  expect(await freeze(cart.id, 'ord_r', cart.version, me)).toEqual(first);
  expect(await freeze(cart.id, 'ord_r', cart.version, guest)).toEqual(first);
  expect(await closeFor(cart.id, 'ord_r')).toBe(true);
  expect(await freeze(cart.id, 'ord_r', cart.version, me)).toEqual(first);
});

test('of ten orders that freeze one cart at once one has it; the cart is theirs alone', async () => {
  const cart = await ready();
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => freeze(cart.id, `ord_${i}`)));
  expect(answers.filter(({ snapshot }) => snapshot)).toHaveLength(1);
  expect(answers.flatMap(codes)).toEqual(Array(9).fill('CART_CLOSED'));
});

test('freezing at once with additions takes a cart that holds exactly the additions that were answered', async () => {
  const cart = await ready();
  const adding = Array.from({ length: 8 }, () => add(guest, cart.id, 'cup'));
  const [frozen, ...added] = await Promise.all([freeze(cart.id, 'ord_race'), ...adding]);
  const taken = added.filter(({ userErrors }) => userErrors.length === 0).length;
  expect(added.flatMap(codes)).toEqual(Array(8 - taken).fill('CART_CLOSED'));
  expect(held(await guest.read(cart.id))).toEqual([`${2 + taken} Cup`, '1 Bowl']);
  if (frozen.snapshot) expect(frozen.snapshot.lines[0]?.quantity).toBe(2 + taken);
  else expect([codes(frozen), taken]).toEqual([['CART_CHANGED'], 8]);
});

test('a cart that is frozen, ordered, claimed or expires between being read and written is not written', async () => {
  const ends: Record<string, (id: string) => Promise<unknown>> = {
    CART_CLOSED: (id) => freeze(id, 'ord_m'),
    CART_NOT_FOUND: (id) => claim(me, id),
    'CART_CLOSED by time': (id) => age(id, 0),
  };
  for (const [code, end] of Object.entries(ends)) {
    const cart = await ready();
    neighbors.meanwhile = () => end(cart.id);
    expect(codes(await add(guest, cart.id, 'bowl'))).toEqual([code.split(' ')[0]]);
    const lines = code === 'CART_NOT_FOUND' ? (await claim(me, cart.id)).cart : await guest.read(cart.id);
    expect(held(lines)).toEqual(['2 Cup', '1 Bowl']);
  }
});

test('a cart that changes while it is priced is frozen as it is then, or as the shopper saw it, or not', async () => {
  const cart = await ready();
  neighbors.meanwhile = () => add(guest, cart.id, 'cup');
  expect(codes(await freeze(cart.id, 'ord_v', cart.version))).toEqual(['CART_CHANGED']);
  neighbors.meanwhile = () => add(guest, cart.id, 'cup');
  const { snapshot } = await freeze(cart.id, 'ord_v');
  expect([snapshot?.version, snapshot?.lines[0]?.quantity]).toEqual([cart.version + 2, 4]);
});

test('a freeze is overtaken by its undo, or by another order, and takes nothing', async () => {
  const cart = await ready();
  neighbors.meanwhile = () => reopen(cart.id, 'ord_u');
  expect(codes(await freeze(cart.id, 'ord_u'))).toEqual(['CART_CLOSED']);
  expect(codes(await add(guest, cart.id, 'cup'))).toEqual([]);
  neighbors.meanwhile = () => freeze(cart.id, 'ord_first');
  expect(codes(await freeze(cart.id, 'ord_second'))).toEqual(['CART_CLOSED']);
  expect(await closeFor(cart.id, 'ord_second')).toBe(false);
  expect(await closeFor(cart.id, 'ord_first')).toBe(true);
});

test('with problems, or at another version, a cart is not frozen and stays as it was', async () => {
  const { id } = await guest.fill({ cup: 1 });
  const before = await guest.read(id);
  expect((await freeze(id, 'ord_p')).problems.map(({ code }) => code)).toEqual([
    'EMAIL_REQUIRED',
    'DELIVERY_ADDRESS_REQUIRED',
    'DELIVERY_OPTION_REQUIRED',
  ]);
  expect(await guest.read(id)).toEqual(before);
  const cart = await ready();
  expect(codes(await freeze(cart.id, 'ord_p', cart.version - 1))).toEqual(['CART_CHANGED']);
  neighbors.stock.set('cup', 1);
  expect((await freeze(cart.id, 'ord_p')).problems).toMatchObject([{ code: 'INSUFFICIENT_STOCK', available: 1 }]);
  neighbors.stock.set('cup', 100);
  neighbors.countries.length = 0;
  expect((await freeze(cart.id, 'ord_p')).problems.map(({ code }) => code)).toEqual(['DELIVERY_OPTION_REQUIRED']);
  expect(codes(await add(guest, cart.id, 'cup'))).toEqual([]);
});

test('nothing is sold at a remembered price: where catalog, pricing or shipping is down freezing fails', async () => {
  const cart = await ready();
  for (const name of ['catalog', 'pricing', 'shipping']) {
    neighbors.down.add(name);
    await expect(freeze(cart.id, 'ord_d')).rejects.toThrow(`${name} is unavailable`);
    neighbors.down.delete(name);
  }
  neighbors.down.add('inventory');
  expect((await freeze(cart.id, 'ord_d')).snapshot).not.toBeNull();
});

test('a freeze that arrives after its order gave the cart up takes nothing', async () => {
  const cart = await ready();
  expect(await reopen(cart.id, 'ord_late')).toBe(true);
  expect(codes(await freeze(cart.id, 'ord_late'))).toEqual(['CART_CLOSED']);
  expect(codes(await add(guest, cart.id, 'cup'))).toEqual([]);
  expect((await freeze(cart.id, 'ord_next')).snapshot).not.toBeNull();
});

test('7: an ordered cart refuses changes, reopening and claiming for good', async () => {
  const cart = await ready();
  expect(await closeFor(cart.id, 'ord_c')).toBe(false);
  await freeze(cart.id, 'ord_c');
  expect(await closeFor(cart.id, 'ord_other')).toBe(false);
  expect(await closeFor(cart.id, 'ord_c')).toBe(true);
  expect(await closeFor(cart.id, 'ord_c')).toBe(true);
  expect(await tryChanges(guest, cart)).toEqual(every('CART_CLOSED'));
  expect(codes(await claim(me, cart.id))).toEqual(['CART_CLOSED']);
  expect(await reopen(cart.id, 'ord_c')).toBe(false);
  expect(codes(await freeze(cart.id, 'ord_2'))).toEqual(['CART_CLOSED']);
  expect(await guest.read(cart.id)).toMatchObject({ version: cart.version, readyToPlace: false, lines: cart.lines });
});

test('a customer whose cart was ordered gets a new one', async () => {
  const cart = await ready(me);
  await freeze(cart.id, 'ord_n', null, me);
  expect(codes(await me.change('cartCreate', {}))).toEqual(['CART_CLOSED']);
  await closeFor(cart.id, 'ord_n');
  const next = await me.fill({ bowl: 1 });
  expect(next.id).not.toBe(cart.id);
  expect(held(next)).toEqual(['1 Bowl']);
});

test('8: an expired cart refuses changes, and does not stand in the way of the next', async () => {
  const cart = await ready(me);
  await age(cart.id, 0);
  expect(await tryChanges(me, cart)).toEqual(every('CART_CLOSED'));
  expect(codes(await freeze(cart.id, 'ord_x', null, me))).toEqual(['CART_CLOSED']);
  expect((await me.read(cart.id))?.readyToPlace).toBe(false);
  const next = await Promise.all([me.fill({ bowl: 1 }), me.fill({ bowl: 1 })]);
  expect(next[0].id).toBe(next[1].id);
  expect(held(await me.read(next[0].id))).toEqual(['2 Bowl']);
  const guests = await guest.fill({ cup: 1 });
  await age(guests.id, 0);
  expect(codes(await claim(me, guests.id))).toEqual(['CART_CLOSED']);
});

test('every change gives a cart 30 more days', async () => {
  const { id } = await guest.fill({ cup: 1 });
  await age(id, -1);
  await add(guest, id, 'cup');
  const { data } = await guest.ask('query($id: ID!) { cart(id: $id) { expiresAt } }', { id });
  const { expiresAt } = (data as { cart: { expiresAt: string } }).cart;
  expect(Math.round((Date.parse(expiresAt) - Date.now()) / 60_000)).toBe(30 * 24 * 60);
});

test('carts are swept a month after they expired, and not while an order holds them', async () => {
  const [old, fresh, frozen] = await Promise.all([ready(), ready(), ready()]);
  await freeze(frozen.id, 'ord_s');
  await Promise.all([age(old.id, 31), age(fresh.id, 29), age(frozen.id, 31)]);
  await sweep();
  expect(await Promise.all([old, fresh, frozen].map(({ id }) => guest.read(id)))).toEqual([
    null,
    expect.anything(),
    expect.anything(),
  ]);
});

test('6: claiming adds quantities up and loses nothing; twice is harmless; the guest id is dead', async () => {
  const mine = await me.fill({ cup: 2 });
  const theirs = await ready();
  const { cart } = await claim(me, theirs.id);
  expect(cart?.id).toBe(mine.id);
  expect(held(cart)).toEqual(['4 Cup', '1 Bowl']);
  expect(cart).toMatchObject({ email: 'ada@example.com', readyToPlace: true });
  expect((await claim(me, theirs.id)).cart).toEqual(cart);
  expect((await claim(me, mine.id)).cart).toEqual(cart);
  expect([await guest.read(theirs.id), await me.read(theirs.id)]).toEqual([null, null]);
  expect(await tryChanges(guest, theirs)).toEqual(every('CART_NOT_FOUND'));
});

test("6: somebody else's cart is refused like one that does not exist; guests cannot claim", async () => {
  const other = new Shopper(neighbors, customer('cus_other'));
  const theirs = await other.fill({ cup: 1 });
  const claimed = await guest.fill({ bowl: 1 });
  await claim(other, claimed.id);
  for (const id of [theirs.id, claimed.id, `cart_${'0'.repeat(32)}`, 'cart_\0'])
    expect(codes(await claim(me, id))).toEqual(['CART_NOT_FOUND']);
  expect(held(await other.read(theirs.id))).toEqual(['1 Cup', '1 Bowl']);
  await expect(claim(guest, theirs.id)).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
});

test('6: claims at once, by both or of both, add everything up once', async () => {
  const rival = new Shopper(neighbors, customer('cus_rival'));
  const [a, b, wanted] = await Promise.all([guest.fill({ cup: 1 }), guest.fill({ cup: 10 }), guest.fill({ bowl: 3 })]);
  const answers = await Promise.all([
    ...Array.from({ length: 4 }, () => claim(me, a.id)),
    ...Array.from({ length: 4 }, () => claim(me, b.id)),
    claim(me, wanted.id),
    claim(rival, wanted.id),
    add(me, wanted.id, 'bowl', 2),
  ]);
  expect(answers.slice(0, 8).flatMap(codes)).toEqual([]);
  const mine = (await claim(me, a.id)).cart;
  const theirs = (await claim(rival, (await rival.fill({})).id)).cart;
  const of = (cart: CartAnswer | null, title: string) =>
    cart?.lines.find((line) => line.title === title)?.quantity ?? 0;
  expect(of(mine, 'Cup')).toBe(11);
  const added = codes(answers[10]!).length === 0 ? 2 : 0;
  expect([of(mine, 'Bowl'), of(theirs, 'Bowl')].sort()).toEqual([0, 3 + added]);
});

test('6: many carts claimed at once, while their customer adds to the own one, all add up', async () => {
  const mine = await me.fill({ cup: 1 });
  const guests = await Promise.all(Array.from({ length: 8 }, () => guest.fill({ cup: 2, bowl: 1 })));
  const answers = await Promise.all([
    ...guests.map(({ id }) => claim(me, id)),
    ...Array.from({ length: 4 }, () => add(me, mine.id, 'cup')),
  ]);
  expect(answers.flatMap(codes)).toEqual([]);
  expect(held(await me.read(mine.id))).toEqual(['21 Cup', '8 Bowl']);
});

test('claiming more than fits into a cart keeps what fits and says so', async () => {
  neighbors.sell('nail', { title: 'Nail', available: 5_000 });
  await me.fill({ nail: 600 });
  const guests = await guest.fill({ nail: 600 });
  const { cart, warnings } = await claim(me, guests.id);
  expect(held(cart)).toEqual(['999 Nail']);
  expect(warnings).toHaveLength(1);
});

test('making a cart is one statement, a change two, a freeze two, closing one', async () => {
  const run = vi.spyOn(PipelinedConnections.prototype, 'run');
  const since = () => run.mock.calls.splice(0).map(([name]) => name);
  const { id, lines } = await guest.fill({ cup: 2 });
  expect(since()).toEqual(['carts.insert']);
  const change = ['carts.by-id', 'carts.write'];
  await add(guest, id, 'cup');
  expect(since()).toEqual(change);
  await guest.change('cartLinesUpdate', { cartId: id, lines: [{ lineId: lines[0]!.id, quantity: 1 }] });
  expect(since()).toEqual(change);
  const delivery = { email: 'ada@example.com', address: ADDRESS, deliveryOptionId: 'standard' };
  await guest.change('cartDeliveryUpdate', { cartId: id, ...delivery });
  expect(since()).toEqual(change);
  await freeze(id, 'ord_sql');
  expect(since()).toEqual(['carts.by-id', 'carts.freeze']);
  await closeFor(id, 'ord_sql');
  expect(since()).toEqual(['carts.close']);
  run.mockRestore();
});

test('the checkout is for subgraphs: the router is refused', async () => {
  const cart = await ready();
  for (const { query } of [cartFreeze, cartReopen, cartClose]) {
    const { errors } = await guest.ask(query, { cartId: cart.id, orderId: 'ord_1', expectedVersion: null });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
  expect(await guest.read(cart.id)).toEqual(cart);
});
