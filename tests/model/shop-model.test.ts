import { expect, test } from 'vitest';
import { explanations } from './interleavings.ts';
import { type Command, momentsOf, type Shop } from './shop-model.ts';

const shop = (onHand: number, ...carts: number[]): Shop => ({
  stock: { v: { onHand, reserved: 0 } },
  carts: Object.fromEntries(
    carts.map((quantity, i) => [
      'abc'[i]!,
      { state: 'OPEN' as const, lines: quantity > 0 ? { v: quantity } : {}, key: null, order: 'NONE' as const },
    ]),
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
  const cancel: Command = { kind: 'cancel', cart: 'a' };
  expect(explained(placed!, [cancel, 'ok'], [cancel, 'ok']).map(({ stock }) => stock.v!.reserved)).toEqual([0]);
  const set = (onHand: number): Command => ({ kind: 'stockSet', variant: 'v', onHand });
  expect(explained(placed!, [set(1), 'BELOW_RESERVED'])).toHaveLength(1);
  expect(explained(placed!, [set(1), 'ok'])).toEqual([]);
});
