import { describe, expect, test } from 'vitest';
import {
  answersThatDiffer,
  cartsThatForget,
  goneBack,
  lostOrders,
  type OrderSeen,
  unitsThatDiffer,
} from './histories.ts';

const seen = (version: number, status: string, from: number, to = from + 1): OrderSeen => ({
  orderId: 'o',
  version,
  status,
  from,
  to,
});

describe('an order is never seen going back', () => {
  test('forwards, and at once in any order, is right', () => {
    expect(goneBack([seen(1, 'CONFIRMED', 0), seen(3, 'SHIPPED', 2), seen(3, 'SHIPPED', 4)])).toEqual([]);
    expect(goneBack([seen(3, 'SHIPPED', 0, 10), seen(2, 'PREPARING', 5, 6)])).toEqual([]);
    expect(goneBack([seen(1, 'CONFIRMED', 0), seen(2, 'CANCELLED', 2)])).toEqual([]);
  });

  test.each([
    ['an older version later', [seen(3, 'SHIPPED', 0), seen(2, 'PREPARING', 5)], 'seen at version 3, then at 2'],
    ['an earlier status later', [seen(1, 'SHIPPED', 0), seen(2, 'PREPARING', 5)], 'from SHIPPED back to PREPARING'],
    ['alive again', [seen(1, 'CANCELLED', 0), seen(2, 'CONFIRMED', 5)], 'from CANCELLED back to CONFIRMED'],
    ['two things at once', [seen(1, 'CONFIRMED', 0), seen(1, 'SHIPPED', 5)], 'both CONFIRMED and SHIPPED'],
  ])('%s is told', (_, history, sentence) => {
    expect(goneBack(history).join('\n')).toContain(sentence);
  });
});

test('a cart shows what was acknowledged, perhaps what may have been, and nothing else', () => {
  const known = { kind: 'added', quantity: 2, outcome: 'known' } as const;
  const unknown = { kind: 'added', quantity: 3, outcome: 'unknown' } as const;
  const refused = { kind: 'added', quantity: 4, outcome: 'refused' } as const;
  const cart = (...quantities: number[]) => ({
    cartId: 'c',
    variantId: 'v',
    steps: [known, unknown, refused, ...quantities.map((quantity) => ({ kind: 'read', quantity }) as const)],
  });
  expect(cartsThatForget([cart(2, 5)])).toEqual([]);
  expect(cartsThatForget([cart(1)])).toEqual(['cart c shows 1, between 2 and 5 were added']);
  expect(cartsThatForget([cart(9)])).toEqual(['cart c shows 9, between 2 and 5 were added']);
});

test('one key has one order; what was confirmed stands unless somebody cancelled it', () => {
  const answer = (orderId: string, status = 'CONFIRMED') => ({ cartId: 'c', key: 'k', orderId, status });
  expect(answersThatDiffer([answer('a'), answer('a')])).toEqual([]);
  expect(answersThatDiffer([answer('a'), answer('b')])).toEqual(['cart and key c k answered with the orders a, b']);
  const lost = (now: [string, string][], cancelled: string[] = [], status = 'CONFIRMED') =>
    lostOrders(
      [answer('a', status)],
      new Set(cancelled),
      new Map(now.map(([id, is]) => [id, { status: is, units: 1 }])),
    );
  expect(lost([['a', 'SHIPPED']])).toEqual([]);
  expect(lost([['a', 'CANCELLED']], ['a'])).toEqual([]);
  expect(lost([['a', 'CANCELLED']], [], 'PENDING_PAYMENT')).toEqual([]);
  expect(lost([['a', 'CANCELLED']])).toHaveLength(1);
  expect(lost([])).toHaveLength(1);
});

test('a change that was told stands, one that was refused does not, one that nobody heard of may', () => {
  const holds = (units: number, possible: number[], status = 'DELIVERED') =>
    unitsThatDiffer(new Map([['a', possible]]), new Map([['a', { status, units }]]));
  expect([holds(2, [2]), holds(2, [1, 2]), holds(2, [1], 'CANCELLED')]).toEqual([[], [], []]);
  expect(holds(2, [1])).toEqual(['order a holds 2 units, after its change it was to hold 1']);
  expect(holds(3, [1, 2])).toEqual(['order a holds 3 units, after its change it was to hold 1 or 2']);
});
