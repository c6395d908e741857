import { describe, expect, test } from 'vitest';
import type { ReturnStatus } from '#generated/graphql.ts';
import { returnable, returnKey } from './returnable.ts';

const lines = [
  { id: 'cup', title: 'Cup', options: [{ name: 'Color', value: 'Blue' }], quantity: 3, isGiftCard: false },
  { id: 'rug', title: 'Rug', options: [], quantity: 1, isGiftCard: false },
  { id: 'card', title: 'Gift card', options: [], quantity: 1, isGiftCard: true },
];
const taken = (status: ReturnStatus, id: string, quantity: number) => ({
  ...{ id: `ret_${id}`, status, requestedAt: '2026-11-21T09:00:00Z' },
  lines: [{ quantity, line: { id, title: id } }],
});

describe('what can be sent back', () => {
  test('everything that was delivered, and nothing before', () => {
    expect(returnable({ status: 'SHIPPED', lines, returns: [] })).toEqual([]);
    expect(returnable({ status: 'DELIVERED', lines, returns: [] })).toEqual([
      { id: 'cup', title: 'Cup, Blue', most: 3 },
      { id: 'rug', title: 'Rug', most: 1 },
    ]);
  });

  test('less what is in returns, unless they were turned down', () => {
    const returns = [taken('REQUESTED', 'cup', 1), taken('REFUNDED', 'rug', 1), taken('REJECTED', 'cup', 2)];
    expect(returnable({ status: 'DELIVERED', lines, returns })).toEqual([{ id: 'cup', title: 'Cup, Blue', most: 2 }]);
  });
});

test('the key stays until the return exists, then the next return has another', () => {
  const before = returnKey({ returns: [] });
  expect(returnKey({ returns: [] })).toBe(before);
  expect(returnKey({ returns: [taken('REQUESTED', 'cup', 1)] })).not.toBe(before);
});
