import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const { STRIPE_PUBLISHABLE_KEY: publishableKey } = readConfig(
  {
    STRIPE_PUBLISHABLE_KEY: z
      .string()
      .regex(/^pk_(?:test|live)_\w+$/)
      .optional()
      .describe("the shop's publishable key, pk_…"),
  },
  process.env,
);

/** Who takes new payments, as clients are told: by a key that is no secret, so that who tells it needs none. */
export const shopPayment = {
  provider: publishableKey ? 'stripe' : 'test',
  publishableKey: publishableKey ?? null,
};
