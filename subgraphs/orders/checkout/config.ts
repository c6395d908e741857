import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const seconds = (fallback: number) => z.coerce.number().int().min(1_000).default(fallback);

const config = readConfig(
  {
    CHECKOUT_LEASE_MS: seconds(10_000).describe(
      'how long a process may hold a checkout without a sign of life, at least 1000',
    ),
    CHECKOUT_WAIT_MS: seconds(12_000).describe('how long a duplicate waits for the first, at least 1000'),
    PAYMENT_DUE_MS: seconds(900_000).describe('how long a shopper has to act on a payment, at least 1000'),
  },
  process.env,
);

export const checkoutConfig = {
  leaseMs: config.CHECKOUT_LEASE_MS,
  waitMs: config.CHECKOUT_WAIT_MS,
  paymentDueMs: config.PAYMENT_DUE_MS,
};
