/** What the storefront is told by its environment. Read per request, so one build serves on any port. */
export interface WebConfig {
  /** Where this server reaches the API. */
  readonly routerUrl: string;
  /** Where a browser reaches the API; null means the host the shopper used, on `routerPort`. */
  readonly routerPublicUrl: string | null;
  readonly routerPort: number;
  readonly apiTimeoutMs: number;
  readonly development: boolean;
}

export function readConfig(): WebConfig {
  const routerPort = wholeNumber('ROUTER_PORT', 4000);
  return {
    routerUrl: address('ROUTER_URL') ?? `http://localhost:${routerPort}/graphql`,
    routerPublicUrl: address('ROUTER_PUBLIC_URL'),
    routerPort,
    apiTimeoutMs: wholeNumber('API_TIMEOUT_MS', 10_000),
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

function wholeNumber(name: string, fallback: number): number {
  const value = process.env[name];
  if (!value) return fallback;
  if (!/^[1-9]\d*$/.test(value))
    throw new Error(`${name} is "${value}"; set it to a whole number, such as ${fallback}.`);
  return Number(value);
}
