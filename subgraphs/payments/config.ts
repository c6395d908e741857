import { z } from 'zod';
import { port, readConfig, url } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    ROUTER_PORT: port().default(4000).describe('a port from 1 to 65535'),
    PUBLIC_URL: url('http', 'https')
      .optional()
      .describe('the address under which shoppers reach the router, e.g. https://api.example.com'),
    PAYMENT_DEADLINE_MS: z.coerce
      .number()
      .int()
      .min(100)
      .max(4_500)
      .default(4_000)
      .describe('how long the provider may take, 100 to 4500'),
  },
  process.env,
);

export const paymentsConfig = {
  publicUrl: config.PUBLIC_URL ?? `http://localhost:${config.ROUTER_PORT}`,
  /** Shorter than a part waits for another, and than the lease of a checkout: a late answer then meets a new holder. */
  providerDeadlineMs: config.PAYMENT_DEADLINE_MS,
};
