import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase } from '#tests/test-database.ts';
import { cartClose, cartFreeze } from './contracts/checkout.ts';
import { database } from './database.ts';
import { type CartAnswer, customer, Neighbors, Shopper } from './testing/carts-api.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

let neighbors: Neighbors;
let guest: Shopper;
let me: Shopper;
let customers = 0;
beforeEach(() => {
  neighbors = new Neighbors();
  guest = new Shopper(neighbors);
  me = new Shopper(neighbors, customer(`cus_${++customers}`));
  neighbors.sell('cup', { title: 'Cup', cents: 1_250, available: 500 });
  neighbors.sell('bowl', { title: 'Bowl', cents: 2_000, available: 500 });
});

const codes = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map(({ code }) => code);
const held = (cart: CartAnswer | null) => cart?.lines.map(({ title, quantity }) => `${quantity} ${title}`);
const times = <T>(count: number, make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, make));
const add = (shopper: Shopper, cartId: string, variantId: string) =>
  shopper.change('cartLinesAdd', { cartId, lines: [{ variantId }] });
const claim = (shopper: Shopper, cartId: string) => shopper.change('cartClaim', { cartId });

test('1: sixty parallel additions of 1 sum to 60', async () => {
  const { id } = await guest.fill({});
  expect((await times(60, () => add(guest, id, 'cup'))).flatMap(codes)).toEqual([]);
  expect(await guest.read(id)).toMatchObject({ version: 61, totalQuantity: 60 });
});

test("6: claiming while guest and customer add keeps all that was answered, and nothing goes to the guest's id after", async () => {
  const mine = await me.fill({ bowl: 1 });
  const { id } = await guest.fill({ cup: 1 });
  const [byGuest, byMe, [claimed]] = await Promise.all([
    times(10, () => add(guest, id, 'cup')),
    times(10, () => add(me, mine.id, 'bowl')),
    times(1, () => claim(me, id)),
  ]);
  expect(codes(claimed!)).toEqual([]);
  expect(byMe.flatMap(codes)).toEqual([]);
  const taken = byGuest.filter(({ userErrors }) => userErrors.length === 0).length;
  expect(byGuest.flatMap(codes)).toEqual(Array(10 - taken).fill('CART_NOT_FOUND'));
  expect(held(await me.read(mine.id))).toEqual(['11 Bowl', `${1 + taken} Cup`]);
});

test('6: a claim while the cart of the customer becomes an order is refused, or goes into the next cart', async () => {
  const { id: ordered } = await me.fill({ bowl: 1 });
  const address = { name: 'Ada', line1: 'Torstraße 1', city: 'Berlin', postalCode: '10119', country: 'DE' };
  const delivery = { cartId: ordered, email: 'ada@example.com', address, deliveryOptionId: 'standard' };
  await me.change('cartDeliveryUpdate', delivery);
  const order = { cartId: ordered, orderId: 'ord_1' };
  const { cartFreeze: frozen } = await me.internally(cartFreeze, { ...order, expectedVersion: null });
  expect(frozen.snapshot).not.toBeNull();
  const { id } = await guest.fill({ cup: 3 });
  const whileLocked = async (lock: string, ids: string[], then?: () => Promise<unknown>) => {
    let claiming: ReturnType<typeof claim> | undefined;
    await database.transaction(async (client) => {
      await client.query(lock, ids);
      claiming = claim(me, id);
      await expect.poll(waiting).toBe(1);
      await then?.();
    });
    return claiming!;
  };

  let closing: Promise<unknown> | undefined;
  const early = await whileLocked('SELECT FROM cart WHERE id = $1 FOR UPDATE', [id], () => {
    closing = me.internally(cartClose, order);
    // It waits for the claim, which has locked the cart already.
    return Promise.race([closing, expect.poll(waiting).toBe(2)]);
  });
  expect(codes(early)).toEqual(['CART_CLOSED']);
  expect(await closing).toEqual({ cartClose: { closed: true } });

  await database.prisma.cart.update({ where: { id: ordered }, data: { status: 'FROZEN' } });
  const { cart: next, userErrors } = await whileLocked("UPDATE cart SET status = 'CLOSED' WHERE id = $1", [ordered]);
  expect(userErrors).toEqual([]);
  expect(next?.id).not.toBe(ordered);
  expect(held(next)).toEqual(['3 Cup']);
  expect(held(await me.read(ordered))).toEqual(['1 Bowl']);
});

test("6: nobody waits for a stranger's claim: two customers that claim each other's carts are both refused", async () => {
  const rival = new Shopper(neighbors, customer(`cus_rival_${customers}`));
  const [mine, theirs] = [await me.fill({ cup: 1 }), await rival.fill({ bowl: 1 })];
  for (let i = 0; i < 20; i++) {
    const answers = await Promise.all([claim(me, theirs.id), claim(rival, mine.id)]);
    expect(answers.flatMap(codes)).toEqual(['CART_NOT_FOUND', 'CART_NOT_FOUND']);
  }
  expect([held(await me.read(mine.id)), held(await rival.read(theirs.id))]).toEqual([['1 Cup'], ['1 Bowl']]);
});

/** How many statements wait for a lock here. */
async function waiting(): Promise<number> {
  const [row] = await database.prisma.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row!.waiting;
}
