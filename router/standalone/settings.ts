import { isIP } from 'node:net';
import { z } from 'zod';
import { DEFAULT_CACHING } from '../caching/caching-options.ts';
import { type ConnectionLimits, DEFAULT_CONNECTION_LIMITS } from '../connection-limits.ts';
import { DEFAULT_DEMAND } from '../demand/demand.ts';
import { JwtIssuer } from '../jwks-viewers.ts';
import { DEFAULT_LIMITS, type OperationLimits } from '../limits.ts';
import { DEFAULT_BEAT_MS } from '../subscriptions/event-stream.ts';
import { DEFAULT_PING_MS } from '../subscriptions/socket.ts';
import { UpstreamOptions } from '../upstream/settings.ts';

const whole = (least: number, most: number) => z.number().int().min(least).max(most);
const HOUR_MS = 3_600_000;
const ENOUGH = 1_000_000;

const limit = (name: keyof OperationLimits, meaning: string) =>
  whole(1, ENOUGH).default(DEFAULT_LIMITS[name]).describe(meaning);

const held = (name: keyof ConnectionLimits, meaning: string) =>
  whole(1, ENOUGH).default(DEFAULT_CONNECTION_LIMITS[name]).describe(meaning);

const patience = (name: keyof ConnectionLimits, meaning: string) =>
  whole(100, HOUR_MS).default(DEFAULT_CONNECTION_LIMITS[name]).describe(meaning);

const Supergraph = z.strictObject({
  from: z.string().min(1).optional().describe('a file of SDL, a supergraph.yaml, or an http address that answers SDL'),
  pollMs: whole(100, HOUR_MS)
    .default(10_000)
    .describe('how often an address, or a subgraph_url of supergraph.yaml, is asked'),
  timeoutMs: whole(100, 60_000).default(10_000).describe('how long an address may take to answer'),
  headers: z.record(z.string(), z.string()).default({}).describe('what an address is sent, e.g. authorization'),
  waitMs: whole(0, HOUR_MS).default(30_000).describe('how long a start waits for a supergraph that cannot be had yet'),
});

const Address = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('where it answers, e.g. http://localhost:4001/graphql, instead of where the supergraph says'),
  subscriptionUrl: z
    .url({ protocol: /^(?:https?|wss?)$/ })
    .optional()
    .describe('where it takes subscriptions (graphql-transport-ws), if elsewhere'),
});

const Limits = z
  .strictObject({
    depth: limit('depth', 'fields below each other'),
    height: limit('height', 'different fields of an operation'),
    fields: limit('fields', 'fields in all, those of a fragment counted wherever it is spread'),
    aliases: limit('aliases', 'aliases in all'),
    rootFields: limit('rootFields', 'fields of the root'),
    directives: limit('directives', 'uses of directives'),
    tokens: limit('tokens', 'lexical tokens of the text'),
    listItems: limit('listItems', 'elements of a list in an argument'),
    pageSize: limit('pageSize', 'what a slicing argument of @listSize may ask for'),
    bodyBytes: whole(1_024, 1 << 30)
      .default(256 * 1024)
      .describe('the longest body of a request, and of a message on a socket'),
    operationsPerSocket: whole(1, 10_000).default(100).describe('operations at once on one socket'),
    subscriberQueue: whole(1, 100_000)
      .default(256)
      .describe('events that a subscriber may be behind before it is closed'),
    socketInitMs: whole(100, 60_000).default(3_000).describe('how long a socket may wait with connection_init'),
    socketsPerAddress: held('socketsPerAddress', 'sockets of one address; name your proxies in trustedProxies'),
    socketsPerViewer: held('socketsPerViewer', 'sockets of one viewer'),
    subscriptionsPerAddress: held('subscriptionsPerAddress', 'subscriptions of one address, however they are carried'),
    subscriptionsPerViewer: held('subscriptionsPerViewer', 'subscriptions of one viewer'),
    headersMs: patience('headersMs', 'how long the headers of a request may take to arrive'),
    requestMs: patience('requestMs', 'how long a whole request may take to arrive; not less than its headers'),
    unreadMs: patience('unreadMs', 'how long a client of a streamed answer may leave an event unread'),
  })
  .refine(({ headersMs, requestMs }) => requestMs >= headersMs, { path: ['requestMs'] });

const ProxyAddress = z
  .string()
  .refine((text) => isIP(text.split('/')[0] ?? '') > 0, 'name an address or a network, e.g. 10.0.0.0/8');

const Demand = z.strictObject({
  limit: whole(1, 2 ** 31)
    .default(DEFAULT_DEMAND.limit)
    .describe('what one operation may be estimated at'),
  listSize: whole(0, ENOUGH).default(DEFAULT_DEMAND.listSize).describe('how long a list is thought to be'),
  bucket: z
    .strictObject({
      capacity: whole(1, 2 ** 31).describe('what fits at once'),
      leakPerSecond: whole(1, 2 ** 31).describe('what becomes free again each second'),
    })
    .optional()
    .describe('what a viewer, or else an address, may ask for over time; no limit when left out'),
});

const Persisted = z.strictObject({
  automatic: z.boolean().default(true).describe('automatic persisted queries: clients send the hash of a text'),
  ttlSeconds: whole(60, 31_536_000)
    .default(86_400)
    .describe('how long Redis keeps a text; memory as long as it has room'),
  manifest: z.string().optional().describe("a file of operations in Apollo's manifest format"),
  safelist: z
    .enum(['off', 'log', 'enforced'])
    .default('off')
    .describe('whether what is not in the manifest is reported or refused'),
  clients: z
    .array(z.string())
    .default([])
    .describe('the clients that this holds for, by apollographql-client-name; all when left out'),
});

const Caching = z.strictObject({
  memoryMib: whole(0, 65_536)
    .default(DEFAULT_CACHING.maxBytes >> 20)
    .describe('what kept answers and entities may take in memory, in MiB; 0 keeps none anywhere'),
  staleSeconds: whole(0, 86_400)
    .default(DEFAULT_CACHING.staleSeconds)
    .describe('how long past its age an answer is given while it is asked anew'),
  redis: z.boolean().default(true).describe('whether routers share what they keep in redisUrl, when that is set'),
  namespace: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .default('souk')
    .describe('the beginning of its keys there; each graph that shares a Redis has its own'),
  invalidationSecret: z
    .string()
    .min(16)
    .optional()
    .describe('16 characters or more; whoever knows it may drop what is kept by POST /cache/invalidate'),
  tell: z.boolean().default(false).describe('whether answers say in x-cache where they come from'),
});

const Subscriptions = z.strictObject({
  heartbeatMs: whole(1_000, 60_000)
    .default(DEFAULT_BEAT_MS)
    .describe('how often a stream (server-sent events, multipart) says that it lives'),
  pingMs: whole(1_000, HOUR_MS)
    .default(DEFAULT_PING_MS)
    .describe('how often a socket is asked whether it lives; it has as long to answer'),
  reconnections: whole(0, 1_000)
    .default(8)
    .describe(
      'how often a subgraph whose socket was lost is tried again, up to 3 s apart, before its subscriptions end',
    ),
});

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

const Telemetry = z.strictObject({
  logLevel: z.enum(LEVELS).default('info').describe('JSON lines on stderr'),
  metricsPort: whole(1, 65_535).optional().describe('where Prometheus reads /metrics; nowhere when left out'),
  metricsHost: z.string().default('127.0.0.1').describe('the address at which it does'),
  otlpEndpoint: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('an OpenTelemetry collector, e.g. http://collector:4318; spans are made only when it is set'),
  serviceName: z.string().default('souk-router').describe('the name of the router in traces'),
  sampleRatio: z.number().min(0).max(1).default(1).describe('the share of traces that is kept'),
});

/** All that `souk-router` can be told: in `router.yaml`, by variables, or on the command line. */
export const Settings = z.strictObject({
  supergraph: Supergraph.prefault({}).describe('what is served'),
  port: whole(0, 65_535).default(4000).describe('where the router listens; 0 takes a free one'),
  host: z.string().optional().describe('the address it listens at, e.g. 127.0.0.1; all when left out'),
  subgraphs: z.record(z.string(), Address).default({}).describe('addresses of subgraphs, by name'),
  upstream: UpstreamOptions.prefault({}).describe('how subgraphs are asked'),
  cors: z
    .strictObject({
      origins: z.array(z.string()).default([]).describe('origins whose pages may read answers; * is any'),
    })
    .prefault({}),
  trustedProxies: z.array(ProxyAddress).default([]).describe('addresses or networks whose X-Forwarded-For is believed'),
  limits: Limits.prefault({}).describe('what an operation may be at most'),
  authentication: z
    .strictObject({
      issuers: z.array(JwtIssuer).default([]).describe('who signs the tokens of viewers; without one all are guests'),
    })
    .prefault({}),
  authorization: z
    .strictObject({
      unauthorized: z
        .enum(['filter', 'reject'])
        .default('filter')
        .describe('refused fields are null with an error each, or refuse the request'),
    })
    .prefault({}),
  demand: Demand.prefault({}).describe('what operations may cost, by @cost and @listSize'),
  caching: Caching.prefault({}).describe(
    'what is kept of what is the same for everybody, by Cache-Control of subgraphs',
  ),
  subscriptions: Subscriptions.prefault({}),
  persistedQueries: Persisted.prefault({}),
  redisUrl: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe(
      'a Redis, e.g. redis://redis:6379, in which routers share persisted queries, budgets and kept answers, and tell each other what to drop; each is by itself when left out',
    ),
  introspection: z.boolean().optional().describe('whether clients may ask for the schema; off in production'),
  playground: z.boolean().optional().describe('GraphiQL at /; off in production'),
  playgroundExamples: z
    .string()
    .optional()
    .describe('a folder of .graphql files, the tabs of a first visit; variables in .json files beside them'),
  subgraphErrors: z
    .enum(['told', 'masked'])
    .optional()
    .describe('whether clients hear what subgraphs say of their errors; masked in production'),
  compressAboveBytes: whole(0, 1 << 30)
    .default(1_400)
    .describe('longer answers are packed for clients that take that'),
  drain: z
    .strictObject({
      noticeMs: whole(0, HOUR_MS)
        .default(2_000)
        .describe('after SIGTERM: how long requests are still taken while readiness is false'),
      withinMs: whole(0, HOUR_MS).default(20_000).describe('how long requests under way may then take'),
    })
    .prefault({}),
  telemetry: Telemetry.prefault({}),
});

export type Settings = z.output<typeof Settings>;
