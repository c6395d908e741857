import { describe, expect, test } from 'vitest';
import type { OrderStatus } from '#generated/graphql.ts';
import { presentWords, timeline } from './order-steps.ts';

const at = (type: string, second: number) => ({
  type,
  message: '',
  at: `2026-11-21T09:00:${String(second).padStart(2, '0')}Z`,
});
const GOODS = [{ isGiftCard: false }, { isGiftCard: true }];
const states = (status: OrderStatus, history = [at('order.confirmed', 1), at('order.preparing', 2)]) =>
  timeline({ status, history, fulfillments: null, lines: GOODS }).map(({ state }) => state);

describe('the line of steps', () => {
  test('fills as the order goes on', () => {
    expect(states('PENDING_PAYMENT', [])).toEqual(['ahead', 'ahead', 'ahead', 'ahead', 'ahead']);
    expect(states('CONFIRMED')).toEqual(['present', 'ahead', 'ahead', 'ahead', 'ahead']);
    expect(states('SHIPPED')).toEqual(['done', 'done', 'present', 'ahead', 'ahead']);
    expect(states('DELIVERED')).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  test('stops where a cancelled order stopped', () => {
    expect(states('CANCELLED')).toEqual(['done', 'done', 'dropped', 'dropped', 'dropped']);
  });

  test('each step has its time from the history, else from the parcel', () => {
    const events = [
      {
        status: 'SHIPPED' as const,
        message: '',
        place: null,
        latitude: null,
        longitude: null,
        at: '2026-11-21T09:05:00Z',
      },
    ];
    const fulfillments = [
      {
        id: 'ful_1',
        status: 'SHIPPED' as const,
        carrier: null,
        trackingNumber: null,
        trackingUrl: null,
        lines: [],
        estimatedDelivery: null,
        events,
      },
    ];
    const steps = timeline({ status: 'SHIPPED', history: [at('order.confirmed', 1)], fulfillments, lines: GOODS });
    expect(steps.map((step) => step.at)).toEqual([
      '2026-11-21T09:00:01Z',
      undefined,
      '2026-11-21T09:05:00Z',
      undefined,
      undefined,
    ]);
  });
});

test('gift cards alone are mailed: there is no parcel on the line', () => {
  const lines = [{ isGiftCard: true }];
  const steps = timeline({ status: 'DELIVERED', history: [at('order.confirmed', 1)], fulfillments: null, lines });
  expect(steps.map(({ title, state }) => `${title} ${state}`)).toEqual(['Confirmed done', 'Mailed done']);
  expect(presentWords('DELIVERED', { lines }).title).toBe('Mailed');
  expect(presentWords('CANCELLED', { lines }).title).toBe('Cancelled');
});

test('a status of tomorrow is still a sentence', () => {
  expect(presentWords('HELD_AT_CUSTOMS' as OrderStatus).title).toBe('Held at customs');
});
