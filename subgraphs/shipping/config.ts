import { z } from 'zod';
import { ConfigError } from '#platform/config/config-error.ts';
import { port, readConfig, url } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    ROUTER_PORT: port().default(4000).describe('a port from 1 to 65535'),
    PUBLIC_URL: url('http', 'https')
      .optional()
      .describe('the address under which shoppers reach the router, e.g. https://api.example.com'),
    SHOP_NAME: z.string().max(100).default('Souk').describe('the name of the shop, at most 100 characters'),
    FULFILLMENT: z
      .enum(['automatic', 'manual'])
      .default('automatic')
      .describe('automatic, where a paid order becomes a parcel by itself, or manual, where staff make parcels'),
    CARRIER: z.enum(['demo', 'easypost']).default('demo').describe('demo or easypost'),
    CARRIER_SPEED: z.coerce
      .number()
      .min(0.1)
      .max(1_000)
      .default(1)
      .describe('how much faster than usual the demo carrier goes, 0.1 to 1000'),
    CARRIER_DEADLINE_MS: z.coerce
      .number()
      .int()
      .min(100)
      .max(20_000)
      .default(10_000)
      .describe('how long a carrier may take to answer, 100 to 20000'),
    EASYPOST_API_KEY: z.string().optional().describe("the key of your EasyPost account, from EasyPost's dashboard"),
    EASYPOST_WEBHOOK_SECRET: z
      .string()
      .optional()
      .describe('the webhook_secret that you gave EasyPost with the webhook'),
    EASYPOST_FROM: z
      .string()
      .regex(/^adr_\w+$/)
      .optional()
      .describe('the id of the address at EasyPost that you send from, e.g. adr_1a2b'),
    EASYPOST_URL: url('http', 'https')
      .default('https://api.easypost.com')
      .refine(isPrivate)
      .describe('an https URL, or http on this machine'),
  },
  process.env,
);

/** What a carrier over HTTP needs to know. */
export interface EasyPostAccount {
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** An address that EasyPost knows, `adr_…`. */
  readonly from: string;
  /** Without a slash at its end. */
  readonly url: string;
  readonly deadlineMs: number;
}

export const shippingConfig = {
  publicUrl: config.PUBLIC_URL ?? `http://localhost:${config.ROUTER_PORT}`,
  shopName: config.SHOP_NAME,
  isAutomatic: config.FULFILLMENT === 'automatic',
  carrierSpeed: config.CARRIER_SPEED,
  /** Who takes the parcels of now. */
  carrier: config.CARRIER,
  /** Null without an account. With one EasyPost brings what it began, whoever carries now. */
  easyPost: config.CARRIER === 'easypost' || config.EASYPOST_API_KEY ? account() : null,
};

function account(): EasyPostAccount {
  const given = (name: 'EASYPOST_API_KEY' | 'EASYPOST_WEBHOOK_SECRET' | 'EASYPOST_FROM', help: string): string => {
    const value = config[name];
    if (!value) throw new ConfigError(`${name} is not set: set it to ${help}, or use no EasyPost.`);
    return value;
  };
  return {
    apiKey: given('EASYPOST_API_KEY', 'the key of your EasyPost account'),
    webhookSecret: given('EASYPOST_WEBHOOK_SECRET', 'the webhook_secret that you gave EasyPost with the webhook'),
    from: given('EASYPOST_FROM', 'the id of the address at EasyPost that you send from'),
    url: config.EASYPOST_URL.replace(/\/$/, ''),
    deadlineMs: config.CARRIER_DEADLINE_MS,
  };
}

/** Whether nobody on the way can read what is sent there. */
function isPrivate(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
