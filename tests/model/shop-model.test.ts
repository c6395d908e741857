import { expect, test } from 'vitest';
import { explanations } from './interleavings.ts';
import { CODE_CENTS, type Command, EMPTY_CART, momentsOf, partOf, type Refund, type Shop } from './shop-model.ts';

const shop = (onHand: number, ...carts: number[]): Shop => ({
  prices: { v: 6_000 },
  code: { used: 0, limit: 1 },
  stock: { v: { onHand, reserved: 0 } },
  carts: Object.fromEntries(
    carts.map((quantity, i) => ['abc'[i]!, { ...EMPTY_CART, lines: quantity > 0 ? { v: quantity } : {} }]),
  ),
});

const explained = (before: Shop, ...told: [Command, string][]) =>
  explanations(
    [before],
    told.map(([command, observed]) => ({ steps: momentsOf(command), local: {}, observed })),
  );

const place = (cart: string, card: 'good' | 'declined' = 'good', key = 'k'): Command => ({
  kind: 'place',
  cart,
  key,
  card,
});
const add = (cart: string, quantity = 1): Command => ({ kind: 'add', cart, variant: 'v', quantity });

test('the last unit goes to one of two buyers, and to no more than one', () => {
  const two = (first: string, second: string) => explained(shop(1, 1, 1), [place('a'), first], [place('b'), second]);
  expect(two('ok', 'INSUFFICIENT_STOCK')).toHaveLength(1);
  expect(two('ok', 'ok')).toEqual([]);
  // Both may meet the other's reservation of a moment only when a card is declined.
  expect(two('INSUFFICIENT_STOCK', 'INSUFFICIENT_STOCK')).toEqual([]);
});

test('a declined card gives everything back; meanwhile another may have been told that nothing is left', () => {
  const before = shop(1, 1, 1);
  expect(explained(before, [place('a', 'declined'), 'PAYMENT_DECLINED'])).toEqual([before]);
  expect(explained(before, [place('a', 'declined'), 'PAYMENT_DECLINED'], [place('b'), 'INSUFFICIENT_STOCK'])).toEqual([
    before,
  ]);
});

test('two additions at once are both there, and what is ordered is what was in the cart', () => {
  const [after, ...others] = explained(shop(9, 0), [add('a'), 'ok'], [add('a', 2), 'ok']);
  expect(others).toEqual([]);
  expect(after!.carts.a!.lines).toEqual({ v: 3 });
  const ends = explained(shop(9, 1), [add('a'), 'ok'], [place('a'), 'ok']);
  expect(ends.map(({ stock }) => stock.v!.reserved)).toEqual([2]);
  expect(explained(shop(9, 1), [add('a'), 'CART_CLOSED'], [place('a'), 'ok'])[0]!.stock.v!.reserved).toBe(1);
});

test('cancelling twice gives back once; lowering below what is promised is refused', () => {
  const [placed] = explained(shop(3, 2), [place('a'), 'ok']);
  const cancel = (by: 'customer' | 'staff'): Command => ({ kind: 'cancel', cart: 'a', by });
  const [cancelled, ...others] = explained(placed!, [cancel('customer'), 'ok'], [cancel('staff'), 'ok']);
  expect(others).toEqual([]);
  expect({ reserved: cancelled!.stock.v!.reserved, paidBack: cancelled!.carts.a!.paidBack }).toEqual({
    reserved: 0,
    paidBack: 12_000,
  });
  const set = (onHand: number): Command => ({ kind: 'stockSet', variant: 'v', onHand });
  expect(explained(placed!, [set(1), 'BELOW_RESERVED'])).toHaveLength(1);
  expect(explained(placed!, [set(1), 'ok'])).toEqual([]);
});

test('refunds at once never come to more than was paid, and a unit goes back once', () => {
  const [placed] = explained(shop(3, 1), [place('a'), 'ok']);
  const refund = (what: Refund['what']): Command => ({ kind: 'refund', cart: 'a', what, variant: 'v' });
  const paidBack = (...told: [Command, string][]) => explained(placed!, ...told).map(({ carts }) => carts.a!.paidBack);
  const [part, rest, unit] = [refund('part'), refund('rest'), refund('unit')];
  expect(paidBack([part, 'ok'], [part, 'AMOUNT_TOO_LARGE'])).toEqual([partOf(6_000)]);
  expect(paidBack([part, 'ok'], [part, 'ok'])).toEqual([]);
  expect(paidBack([part, 'ok'], [rest, 'ok'])).toEqual([6_000]);
  expect(paidBack([unit, 'ok'], [unit, 'INVALID_QUANTITY'])).toEqual([6_000]);
  expect(paidBack([unit, 'ok'], [unit, 'ok'])).toEqual([]);
  // Whoever is refused by payments at the last moment lets go of its unit.
  const [after] = explained(placed!, [part, 'ok'], [unit, 'AMOUNT_TOO_LARGE']);
  expect(after!.carts.a).toMatchObject({ paidBack: partOf(6_000) });
  expect(after!.carts.a!.unitsBack.v ?? 0).toBe(0);
  const cancel: Command = { kind: 'cancel', cart: 'a', by: 'staff' };
  expect(new Set(paidBack([part, 'ok'], [cancel, 'ok']))).toEqual(new Set([6_000]));
});

test('a code goes to as many orders as it may, and a declined or cancelled one lets it go', () => {
  const before = shop(9, 1, 1);
  const both: Shop = {
    ...before,
    carts: Object.fromEntries(Object.entries(before.carts).map(([name, cart]) => [name, { ...cart, code: true }])),
  };
  const two = (first: string, second: string) => explained(both, [place('a'), first], [place('b'), second]);
  expect(two('ok', 'ok')).toEqual([]);
  expect(two('ok', 'DISCOUNT_NOT_APPLICABLE').map(({ code }) => code.used)).toEqual([1]);
  expect(explained(both, [place('a', 'declined'), 'PAYMENT_DECLINED'])).toEqual([both]);
  const [placed] = explained(both, [place('a'), 'ok']);
  const refund: Command = { kind: 'refund', cart: 'a', what: 'rest', variant: 'v' };
  expect(explained(placed!, [refund, 'ok']).map(({ carts }) => carts.a!.paidBack)).toEqual([6_000 - CODE_CENTS]);
  const cancel: Command = { kind: 'cancel', cart: 'a', by: 'customer' };
  expect(explained(placed!, [cancel, 'ok']).map(({ code }) => code.used)).toEqual([0]);
});
