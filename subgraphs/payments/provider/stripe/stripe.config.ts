import { z } from 'zod';
import { ConfigError } from '#platform/config/config-error.ts';
import { type Environment, readConfig } from '#platform/config/read-config.ts';

export interface StripeConfig {
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly webhookSecret: string;
  /** Stripe's own address, unless a stand-in of a test suite takes its place. */
  readonly apiUrl: URL;
  /** Where a shopper comes back to from their bank's page. */
  readonly storefrontUrl: string;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Stripe is the shop's provider when its keys are set; null where none is. Half of them, or keys of two modes, are refused. */
export function readStripeConfig(env: Environment): StripeConfig | null {
  const config = readConfig(
    {
      STRIPE_SECRET_KEY: key('sk|rk').optional().describe("the shop's secret or restricted key, sk_… or rk_…"),
      STRIPE_PUBLISHABLE_KEY: key('pk').optional().describe("the shop's publishable key, pk_…"),
      STRIPE_WEBHOOK_SECRET: z
        .string()
        .regex(/^whsec_\S+$/)
        .optional()
        .describe('the signing secret of the webhook endpoint, whsec_…'),
      STRIPE_API_URL: z
        .url()
        .refine(isSafe)
        .default('https://api.stripe.com')
        .describe('an https address, or an http one on this machine'),
      WEB_PORT: z.coerce.number().default(3000).describe('the port of the storefront'),
      STOREFRONT_URL: z.url().optional().describe('the address of the storefront, e.g. https://shop.example.com'),
    },
    env,
  );
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_PUBLISHABLE_KEY: publishableKey } = config;
  const webhookSecret = config.STRIPE_WEBHOOK_SECRET;
  if (!secretKey && !publishableKey && !webhookSecret) return null;
  if (!secretKey) throw missing('STRIPE_SECRET_KEY');
  if (!publishableKey) throw missing('STRIPE_PUBLISHABLE_KEY');
  if (!webhookSecret) throw missing('STRIPE_WEBHOOK_SECRET');
  if (modeOf(secretKey) !== modeOf(publishableKey)) {
    throw new ConfigError(
      `STRIPE_SECRET_KEY is of ${modeOf(secretKey)} mode and STRIPE_PUBLISHABLE_KEY of ${modeOf(publishableKey)} mode: take both from the same.`,
    );
  }
  return {
    ...{ secretKey, publishableKey, webhookSecret, apiUrl: new URL(config.STRIPE_API_URL) },
    storefrontUrl: (config.STOREFRONT_URL ?? `http://localhost:${config.WEB_PORT}`).replace(/\/+$/, ''),
  };
}

export const stripeConfig = readStripeConfig(process.env);

function key(kinds: string) {
  return z.string().regex(new RegExp(`^(?:${kinds})_(?:test|live)_\\w+$`));
}

function modeOf(key: string): string | undefined {
  return /^\w\w_(test|live)_/.exec(key)?.[1];
}

function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}

function missing(name: string): ConfigError {
  return new ConfigError(
    `${name} is not set while other keys of Stripe are: set STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET, or none.`,
  );
}
