import { z } from 'zod';
import { port, readConfig, url } from '#platform/config/read-config.ts';

const TEST_WEBHOOKS = /^(?:all|reorder|delay=\d{1,6}|duplicate=[1-9]\d?)$/;

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
    TEST_PROVIDER_WEBHOOKS: z
      .string()
      .default('')
      .refine((value) => value === '' || value.split(',').every((part) => TEST_WEBHOOKS.test(part)))
      .describe('how the test provider sends webhooks, e.g. all,delay=500,duplicate=3,reorder'),
    TEST_PROVIDER_WEBHOOKS_URL: url('http', 'https')
      .optional()
      .describe('where the test provider reaches the router, e.g. http://router:4000'),
    RECONCILE_AFTER_MS: z.coerce
      .number()
      .int()
      .min(0)
      .default(3_600_000)
      .describe('how long payments rest before they are compared with the provider, in milliseconds'),
  },
  process.env,
);

const publicUrl = config.PUBLIC_URL ?? `http://localhost:${config.ROUTER_PORT}`;
const testWebhooks = config.TEST_PROVIDER_WEBHOOKS.split(',');
const numberOf = (name: string, otherwise: number): number =>
  Number(testWebhooks.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? otherwise);

export const paymentsConfig = {
  publicUrl,
  /** Shorter than a part waits for another, and than the lease of a checkout: a late answer then meets a new holder. */
  providerDeadlineMs: config.PAYMENT_DEADLINE_MS,
  testWebhooks: {
    url: (config.TEST_PROVIDER_WEBHOOKS_URL ?? publicUrl).replace(/\/+$/, ''),
    /** Also of what the shop itself asked for, not only of what it cannot know. */
    all: testWebhooks.includes('all'),
    reorder: testWebhooks.includes('reorder'),
    delayMs: numberOf('delay', 0),
    duplicate: numberOf('duplicate', 1),
  },
  reconcileAfterMs: config.RECONCILE_AFTER_MS,
};
