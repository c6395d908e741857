import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { Database } from '#platform/database/database.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { postgresQueues } from '#platform/queue/postgres-queues.ts';
import { Queues } from '#platform/queue/queues.ts';
import { localTransport } from '#platform/transport/local.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { outboxColumns } from '../announce.ts';
import { defineEvent, type Event } from '../event.ts';
import { defineListener, startListener } from '../listener.ts';
import { startRelay } from '../relay.ts';
import { outboxResolver, Reports } from '../reports.ts';
import { setRoutes } from '../routes.ts';

export const thingHappened = defineEvent<{ n: number }>('shop.thing-happened.v1');
export const CONSUMERS = ['shop-count', 'shop-mail'];

/** A producer and consumer in one, without Prisma: its tables are made by hand. */
const database = new Database('shop', () => ({ $connect: async () => {}, $disconnect: async () => {} }));

const announce = database.statement(
  'shop.announce',
  `WITH fact AS (INSERT INTO fact SELECT unnest($1::int[]))
   INSERT INTO outbox (id, topic, consumer, payload) SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::jsonb[])`,
);
export const takeEffect = database.statement(
  'shop.take-effect',
  `WITH k AS (INSERT INTO handled (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING event_id)
   INSERT INTO effect (event_id, consumer, n) SELECT event_id, $2, $3 FROM k`,
);
export const unfinished = database.statement<{ id: string; added_at: Date | null }>(
  'shop.unfinished',
  'SELECT * FROM outbox',
);
export const effects = database.statement<{ consumer: string; n: number; times: number }>(
  'shop.effects',
  'SELECT consumer, n, count(*)::int AS times FROM effect GROUP BY 1, 2 ORDER BY 1, 2',
);
const clear = database.statement('shop.clear', 'TRUNCATE fact, outbox, handled, effect');

export const FAST = { everyMs: 20, againAfterMs: 300 };
export const NEVER_AGAIN = { everyMs: 20, againAfterMs: 60_000 };

let jobsUrl: string;
let running: { stop(): Promise<unknown> }[];

const { schema } = await buildSubgraph({ resolvers: [outboxResolver(database)] });
export const local: SubgraphTransport = localTransport({
  shop: {
    schema,
    contextFor: (identity) => new Context('shop', local, identity),
    formatError: (error) => error.toJSON(),
  },
});

/** Makes an empty database of a subgraph's name. */
type CreateDatabase = (name: string) => Promise<{ url: string; drop(): Promise<void> }>;

/** Opens the shop for the tests of a file, empty for each; what one of them starts ends with it. */
export function openShop(createDatabase: CreateDatabase): void {
  const undo: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const [own, jobs] = await Promise.all([createDatabase('shop'), createDatabase('queues')]);
    undo.push(own.drop, jobs.drop);
    jobsUrl = jobs.url;
    await database.open(own.url);
    undo.push(() => database.close());
    await database.transaction((client) => client.query(TABLES));
  });
  afterAll(async () => {
    for (const each of undo.reverse()) await each();
  });
  beforeEach(async () => {
    running = [];
    setRoutes({ [thingHappened.topic]: CONSUMERS });
    await clear();
  });
  afterEach(async () => {
    for (const each of running.reverse()) await each.stop();
  });
}

const TABLES = `
  CREATE TABLE fact (n int PRIMARY KEY);
  CREATE TABLE effect (event_id text, consumer text, n int);
  CREATE TABLE outbox (id text PRIMARY KEY, topic text NOT NULL, consumer text NOT NULL, payload jsonb NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(), added_at timestamptz(3), job text);
  CREATE TABLE handled (event_id text, consumer text, at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (event_id, consumer))`;

export const contextOver = (transport: SubgraphTransport) => () =>
  new Context('shop', transport, { viewer: null, caller: 'shop' });

export async function openQueues(): Promise<Queues> {
  const queues = new Queues(await postgresQueues(jobsUrl), {
    attempts: 8,
    backoffMs: 20,
    concurrency: 16,
    lockMs: 5_000,
  });
  running.push({ stop: () => queues.close() });
  return queues;
}

export function relay(queues: Pick<Queues, 'add'>, times: typeof FAST): void {
  running.push(startRelay(database, queues, times));
}

type Handle = (event: Event<{ n: number }>, consumer: string) => Promise<unknown>;

export const effect: Handle = ({ id, payload }, consumer) => takeEffect(id, consumer, payload.n);

export async function listen(queues: Queues, transport = local, handle = effect): Promise<Reports> {
  const reports = new Reports(contextOver(transport));
  for (const consumer of CONSUMERS) {
    const listener = defineListener(thingHappened, consumer, async (event) => void (await handle(event, consumer)));
    await startListener(listener, queues, contextOver(transport), reports);
  }
  return reports;
}

export const announceAll = (numbers: readonly number[]) =>
  announce(numbers, ...outboxColumns(...numbers.map((n) => thingHappened({ n }))));

export const ofCount = ({ consumer }: { consumer: string }) => consumer === 'shop-count';
export const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
export const once = (count: number) =>
  CONSUMERS.flatMap((consumer) => upTo(count).map((n) => ({ consumer, n, times: 1 })));
