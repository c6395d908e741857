import { expect, test } from 'vitest';
import { orderNews } from './order-news.ts';

test('news are what the line of steps does not show, the latest first', () => {
  const types = [
    'order.placed',
    'order.confirmed',
    'payment.captured',
    'order.shipped',
    'return.requested',
    'payment.refunded',
    'return.refunded',
  ];
  const history = types.map((type) => ({ type, message: type, at: '2026-11-21T09:00:00Z' }));
  expect(orderNews(history).map(({ type }) => type)).toEqual(['payment.refunded', 'return.requested']);
});
