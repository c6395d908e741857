import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const seconds = (fallback: number) => z.coerce.number().int().min(1_000).default(fallback);

const depth = (fallback: number) => z.coerce.number().int().min(1).default(fallback);

const config = readConfig(
  {
    CHECKOUT_LEASE_MS: seconds(10_000).describe(
      'how long a process may hold a checkout without a sign of life, at least 1000',
    ),
    CHECKOUT_WAIT_MS: seconds(12_000).describe('how long a duplicate waits for the first, at least 1000'),
    PAYMENT_DUE_MS: seconds(900_000).describe('how long a shopper has to act on a payment, at least 1000'),
    ORDERS_PLACING_MOST: depth(256).describe(
      'how many orders a process places at once before orderPlace answers BUSY, at least 1',
    ),
    CHECKOUT_BACKLOG_MOST: depth(2_000).describe(
      'how many unfinished checkouts of all processes make orderPlace answer BUSY, at least 1',
    ),
    EVENT_BACKLOG_MOST: depth(20_000).describe(
      'how many events of orders that wait for their consumers make orderPlace answer BUSY, at least 1',
    ),
    BACKLOG_LOOK_MS: z.coerce
      .number()
      .int()
      .min(10)
      .default(1_000)
      .describe('how often a process that is ordered from counts both, at least 10'),
    IDEMPOTENCY_KEPT_HOURS: z.coerce
      .number()
      .int()
      .min(24)
      .default(48)
      .describe('for how many hours an idempotencyKey is known, at least 24'),
    SAGAS_KEPT_DAYS: depth(30).describe('for how many days an ended saga is kept, for the timeline, at least 1'),
  },
  process.env,
);

export const checkoutConfig = {
  leaseMs: config.CHECKOUT_LEASE_MS,
  waitMs: config.CHECKOUT_WAIT_MS,
  paymentDueMs: config.PAYMENT_DUE_MS,
  placingMost: config.ORDERS_PLACING_MOST,
  backlogMost: config.CHECKOUT_BACKLOG_MOST,
  eventBacklogMost: config.EVENT_BACKLOG_MOST,
  backlogLookMs: config.BACKLOG_LOOK_MS,
  idempotencyKeptHours: config.IDEMPOTENCY_KEPT_HOURS,
  sagasKeptDays: config.SAGAS_KEPT_DAYS,
};
