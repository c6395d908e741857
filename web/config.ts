/** What the storefront is told by its environment. Read per request, so one build serves on any port. */
export interface WebConfig {
  /** Where this server reaches the API. */
  readonly routerUrl: string;
  /** Where a browser reaches the API; null means the host the shopper used, on `routerPort`. */
  readonly routerPublicUrl: string | null;
  readonly routerPort: number;
  readonly apiTimeoutMs: number;
  /** Stripe's script; a stand-in of a test suite may take its place on this machine. */
  readonly stripeScriptUrl: string;
  readonly development: boolean;
}

/** The release of the types that this storefront is built with. */
const STRIPE_SCRIPT_URL = 'https://js.stripe.com/endive/stripe.js';

export function readConfig(): WebConfig {
  const routerPort = wholeNumber('ROUTER_PORT', 4000);
  return {
    routerUrl: address('ROUTER_URL') ?? `http://localhost:${routerPort}/graphql`,
    routerPublicUrl: address('ROUTER_PUBLIC_URL'),
    routerPort,
    apiTimeoutMs: wholeNumber('API_TIMEOUT_MS', 10_000),
    stripeScriptUrl: stripeScript(address('STRIPE_SCRIPT_URL') ?? STRIPE_SCRIPT_URL),
    development: process.env.NODE_ENV === 'development',
  };
}

function address(name: string): string | null {
  const value = process.env[name];
  if (!value) return null;
  if (!/^https?:/.test(value) || !URL.canParse(value)) {
    throw new Error(`${name} is "${value}"; set it to the API's address, such as http://localhost:4000/graphql.`);
  }
  return value;
}

/** A script that reads card numbers comes from Stripe and from nowhere else, but for a stand-in on this machine. */
function stripeScript(address: string): string {
  const { origin, protocol, hostname } = new URL(address);
  const loopback = protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (origin === 'https://js.stripe.com' || loopback) return address;
  throw new Error(`STRIPE_SCRIPT_URL is "${address}"; leave it unset, or set it to an http address of this machine.`);
}

function wholeNumber(name: string, fallback: number): number {
  const value = process.env[name];
  if (!value) return fallback;
  if (!/^[1-9]\d*$/.test(value))
    throw new Error(`${name} is "${value}"; set it to a whole number, such as ${fallback}.`);
  return Number(value);
}
