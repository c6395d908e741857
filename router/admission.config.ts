import { z } from 'zod';
import { ConfigError } from '#platform/config/config-error.ts';
import { flag, list, readConfig, url } from '#platform/config/read-config.ts';
import { type ConnectionLimits, DEFAULT_CONNECTION_LIMITS } from './connection-limits.ts';
import { DEFAULT_DEMAND } from './demand/demand.ts';
import { DEFAULT_LIMITS, type OperationLimits } from './limits.ts';

/** What a router admits, as its variables say; plain data. */
export interface AdmissionConfig {
  readonly limits: OperationLimits;
  readonly bodyLimitBytes: number;
  readonly connections: ConnectionLimits;
  readonly operationsPerSocket: number;
  readonly initTimeoutMs: number;
  readonly subscriberQueueLength: number;
  readonly introspection: boolean;
  readonly unauthorized: 'filter' | 'reject';
  readonly cost: {
    readonly limit: number;
    readonly listSize: number;
    /** Null for none. */
    readonly bucket: { readonly capacity: number; readonly leakPerSecond: number } | null;
  };
  readonly persistedQueries: boolean;
  readonly safelist: {
    readonly mode: 'off' | 'log' | 'enforced';
    readonly clients: readonly string[];
    /** The file; null for none. */
    readonly manifest: string | null;
  };
  /** Addresses, or networks like 10.0.0.0/8, that may say for whom they ask. */
  readonly trustedProxies: readonly string[];
  readonly redisUrl: string | undefined;
}

const most = (fallback: number, what: string) =>
  z.coerce.number().int().min(1).default(fallback).describe(`the most that is allowed of ${what}, 1 or more`);

/** What stands where a variable is left out. */
export interface AdmissionFallback {
  readonly introspection: boolean;
  readonly safelist: AdmissionConfig['safelist'];
}

export function readAdmissionConfig(
  fallback: AdmissionFallback,
  env: NodeJS.ProcessEnv = process.env,
): AdmissionConfig {
  const config = readConfig(
    {
      LIMIT_DEPTH: most(DEFAULT_LIMITS.depth, 'fields below each other'),
      LIMIT_HEIGHT: most(DEFAULT_LIMITS.height, 'different fields'),
      LIMIT_FIELDS: most(DEFAULT_LIMITS.fields, 'fields in all'),
      LIMIT_ALIASES: most(DEFAULT_LIMITS.aliases, 'aliases'),
      LIMIT_ROOT_FIELDS: most(DEFAULT_LIMITS.rootFields, 'root fields'),
      LIMIT_DIRECTIVES: most(DEFAULT_LIMITS.directives, 'directives'),
      LIMIT_TOKENS: most(DEFAULT_LIMITS.tokens, 'tokens'),
      LIMIT_LIST_ITEMS: most(DEFAULT_LIMITS.listItems, 'elements in a list of the input'),
      LIMIT_PAGE_SIZE: most(DEFAULT_LIMITS.pageSize, 'what first or last ask for'),
      LIMIT_BODY_BYTES: most(256 * 1024, 'bytes in a body'),
      LIMIT_SOCKETS_PER_ADDRESS: most(DEFAULT_CONNECTION_LIMITS.socketsPerAddress, 'sockets of an address'),
      LIMIT_SOCKETS_PER_VIEWER: most(DEFAULT_CONNECTION_LIMITS.socketsPerViewer, 'sockets of a viewer'),
      LIMIT_SUBSCRIPTIONS_PER_ADDRESS: most(
        DEFAULT_CONNECTION_LIMITS.subscriptionsPerAddress,
        'subscriptions of an address',
      ),
      LIMIT_SUBSCRIPTIONS_PER_VIEWER: most(
        DEFAULT_CONNECTION_LIMITS.subscriptionsPerViewer,
        'subscriptions of a viewer',
      ),
      LIMIT_OPERATIONS_PER_SOCKET: most(100, 'operations at once on one socket'),
      LIMIT_SUBSCRIBER_QUEUE: most(256, 'events that a subscriber is behind'),
      LIMIT_SOCKET_INIT_MS: most(3_000, 'milliseconds until connection_init'),
      LIMIT_HEADERS_MS: most(DEFAULT_CONNECTION_LIMITS.headersMs, 'milliseconds for the headers of a request'),
      LIMIT_REQUEST_MS: most(DEFAULT_CONNECTION_LIMITS.requestMs, 'milliseconds for a whole request to arrive'),
      LIMIT_UNREAD_MS: most(DEFAULT_CONNECTION_LIMITS.unreadMs, 'milliseconds that an event lies unread'),
      INTROSPECTION: flag().default(fallback.introspection).describe('1 to let clients ask for the schema, or 0'),
      UNAUTHORIZED: z.enum(['filter', 'reject']).default('filter').describe('filter or reject'),
      COST_LIMIT: z.coerce
        .number()
        .int()
        .min(0)
        .default(DEFAULT_DEMAND.limit)
        .describe('what one operation may be estimated to cost, or 0 for no limit'),
      COST_LIST_SIZE: z.coerce
        .number()
        .int()
        .min(0)
        .default(DEFAULT_DEMAND.listSize)
        .describe('how long a list is thought to be of which nothing is said'),
      COST_BUCKET: z.coerce
        .number()
        .int()
        .min(0)
        .default(0)
        .describe('what a viewer or an address may ask for at once, or 0 for no limit'),
      COST_LEAK_PER_SECOND: z.coerce
        .number()
        .positive()
        .optional()
        .describe('how much of that is free again after a second, more than 0'),
      PERSISTED_QUERIES: flag().default(true).describe('1 to know operations by their hash, or 0'),
      SAFELIST: z.enum(['off', 'log', 'enforced']).default(fallback.safelist.mode).describe('off, log or enforced'),
      SAFELIST_CLIENTS: list()
        .default([...fallback.safelist.clients])
        .describe('names of clients parted by commas, or * for everybody'),
      SAFELIST_MANIFEST: z.string().optional().describe('the file of a manifest of operations'),
      TRUSTED_PROXIES: list().default([]).describe('addresses or networks parted by commas, e.g. 10.0.0.0/8,::1'),
      REDIS_URL: url('redis', 'rediss').optional().describe('the URL of a Redis, e.g. redis://localhost:6379'),
    },
    env,
  );
  if (config.COST_BUCKET > 0 && config.COST_BUCKET < config.COST_LIMIT)
    throw new ConfigError(
      `COST_BUCKET is ${config.COST_BUCKET}, and one operation may cost ${config.COST_LIMIT}: set it to that or more.`,
    );
  if (config.LIMIT_REQUEST_MS < config.LIMIT_HEADERS_MS)
    throw new ConfigError(
      `LIMIT_REQUEST_MS is ${config.LIMIT_REQUEST_MS}, and the headers alone may take ${config.LIMIT_HEADERS_MS}: set it to that or more.`,
    );
  return {
    connections: {
      socketsPerAddress: config.LIMIT_SOCKETS_PER_ADDRESS,
      socketsPerViewer: config.LIMIT_SOCKETS_PER_VIEWER,
      subscriptionsPerAddress: config.LIMIT_SUBSCRIPTIONS_PER_ADDRESS,
      subscriptionsPerViewer: config.LIMIT_SUBSCRIPTIONS_PER_VIEWER,
      headersMs: config.LIMIT_HEADERS_MS,
      requestMs: config.LIMIT_REQUEST_MS,
      unreadMs: config.LIMIT_UNREAD_MS,
    },
    operationsPerSocket: config.LIMIT_OPERATIONS_PER_SOCKET,
    initTimeoutMs: config.LIMIT_SOCKET_INIT_MS,
    subscriberQueueLength: config.LIMIT_SUBSCRIBER_QUEUE,
    limits: {
      depth: config.LIMIT_DEPTH,
      height: config.LIMIT_HEIGHT,
      fields: config.LIMIT_FIELDS,
      aliases: config.LIMIT_ALIASES,
      rootFields: config.LIMIT_ROOT_FIELDS,
      directives: config.LIMIT_DIRECTIVES,
      tokens: config.LIMIT_TOKENS,
      listItems: config.LIMIT_LIST_ITEMS,
      pageSize: config.LIMIT_PAGE_SIZE,
    },
    bodyLimitBytes: config.LIMIT_BODY_BYTES,
    introspection: config.INTROSPECTION,
    unauthorized: config.UNAUTHORIZED,
    cost: {
      limit: config.COST_LIMIT || Number.POSITIVE_INFINITY,
      listSize: config.COST_LIST_SIZE,
      bucket: config.COST_BUCKET
        ? { capacity: config.COST_BUCKET, leakPerSecond: config.COST_LEAK_PER_SECOND ?? config.COST_BUCKET / 60 }
        : null,
    },
    persistedQueries: config.PERSISTED_QUERIES,
    safelist: {
      mode: config.SAFELIST,
      clients: config.SAFELIST_CLIENTS.includes('*') ? [] : config.SAFELIST_CLIENTS,
      manifest: config.SAFELIST_MANIFEST ?? fallback.safelist.manifest,
    },
    trustedProxies: config.TRUSTED_PROXIES,
    redisUrl: config.REDIS_URL,
  };
}
