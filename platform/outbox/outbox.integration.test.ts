import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Database } from '#platform/database/database.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { postgresQueues } from '#platform/queue/postgres-queues.ts';
import { type Job, Queues } from '#platform/queue/queues.ts';
import { inJobSpan, inServerSpan, inSpan, traceWith } from '#platform/telemetry/traces.ts';
import { localTransport } from '#platform/transport/local.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { outboxColumns } from './announce.ts';
import { defineEvent, type Event } from './event.ts';
import { defineBatchListener, defineListener, type EventsPayload, startListener } from './listener.ts';
import { startRelay } from './relay.ts';
import { outboxResolver, Reports } from './reports.ts';
import { setRoutes } from './routes.ts';

const thingHappened = defineEvent<{ n: number }>('shop.thing-happened.v1');
const CONSUMERS = ['shop-count', 'shop-mail'];

/** A producer and consumer in one, without Prisma: its tables are made by hand. */
const database = new Database('shop', () => ({ $connect: async () => {}, $disconnect: async () => {} }));

const announce = database.statement(
  'shop.announce',
  `WITH fact AS (INSERT INTO fact SELECT unnest($1::int[]))
   INSERT INTO outbox (id, topic, consumer, payload) SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::jsonb[])`,
);
const takeEffect = database.statement(
  'shop.take-effect',
  `WITH k AS (INSERT INTO handled (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING event_id)
   INSERT INTO effect (event_id, consumer, n) SELECT event_id, $2, $3 FROM k`,
);
const unfinished = database.statement<{ id: string; added_at: Date | null }>('shop.unfinished', 'SELECT * FROM outbox');
const effects = database.statement<{ consumer: string; n: number; times: number }>(
  'shop.effects',
  'SELECT consumer, n, count(*)::int AS times FROM effect GROUP BY 1, 2 ORDER BY 1, 2',
);
const clear = database.statement('shop.clear', 'TRUNCATE fact, outbox, handled, effect');

const FAST = { everyMs: 20, againAfterMs: 300 };
const NEVER_AGAIN = { everyMs: 20, againAfterMs: 60_000 };

let dropTables: () => Promise<void>;
let dropJobs: () => Promise<void>;
let jobsUrl: string;
let local: SubgraphTransport;
let running: { stop(): Promise<unknown> }[];

beforeAll(async () => {
  const [own, jobs] = await Promise.all([createTestDatabase('shop'), createTestDatabase('queues')]);
  jobsUrl = jobs.url;
  dropJobs = jobs.drop;
  await database.open(own.url);
  await database.transaction((client) =>
    client.query(`
      CREATE TABLE fact (n int PRIMARY KEY);
      CREATE TABLE effect (event_id text, consumer text, n int);
      CREATE TABLE outbox (id text PRIMARY KEY, topic text NOT NULL, consumer text NOT NULL, payload jsonb NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(), added_at timestamptz(3), job text);
      CREATE TABLE handled (event_id text, consumer text, at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (event_id, consumer))`),
  );
  dropTables = async () => {
    await database.close();
    await own.drop();
  };
  const { schema } = await buildSubgraph({ resolvers: [outboxResolver(database)] });
  local = localTransport({
    shop: {
      schema,
      contextFor: (identity) => new Context('shop', local, identity),
      formatError: (error) => error.toJSON(),
    },
  });
});

afterAll(async () => {
  await dropTables();
  await dropJobs();
});

beforeEach(async () => {
  running = [];
  setRoutes({ [thingHappened.topic]: CONSUMERS });
  await clear();
});

afterEach(async () => {
  for (const each of running.reverse()) await each.stop();
});

const contextOver = (transport: SubgraphTransport) => () =>
  new Context('shop', transport, { viewer: null, caller: 'shop' });

async function openQueues(): Promise<Queues> {
  const queues = new Queues(await postgresQueues(jobsUrl), {
    attempts: 8,
    backoffMs: 20,
    concurrency: 16,
    lockMs: 5_000,
  });
  running.push({ stop: () => queues.close() });
  return queues;
}

function relay(queues: Pick<Queues, 'add'>, times: typeof FAST): void {
  running.push(startRelay(database, queues, times));
}

type Handle = (event: Event<{ n: number }>, consumer: string) => Promise<unknown>;

const effect: Handle = ({ id, payload }, consumer) => takeEffect(id, consumer, payload.n);

async function listen(queues: Queues, transport = local, handle = effect): Promise<Reports> {
  const reports = new Reports(contextOver(transport));
  for (const consumer of CONSUMERS) {
    const listener = defineListener(thingHappened, consumer, async (event) => void (await handle(event, consumer)));
    await startListener(listener, queues, contextOver(transport), reports);
  }
  return reports;
}

const announceAll = (numbers: readonly number[]) =>
  announce(numbers, ...outboxColumns(...numbers.map((n) => thingHappened({ n }))));

const ofCount = ({ consumer }: { consumer: string }) => consumer === 'shop-count';
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const once = (count: number) => CONSUMERS.flatMap((consumer) => upTo(count).map((n) => ({ consumer, n, times: 1 })));

test('each event takes effect once with each consumer, and nothing stays in the outbox', async () => {
  const queues = await openQueues();
  await listen(queues);
  relay(queues, NEVER_AGAIN);
  await announceAll(upTo(50));
  await expect.poll(() => unfinished(), { timeout: 10_000 }).toEqual([]);
  expect(await effects()).toEqual(once(50));
});

test('jobs are part of the trace that announced their events, which their listeners do not see', async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  traceWith(provider.getTracer('test'));
  try {
    const traceOf = (n: number) => `4bf92f3577b34da6a3ce929d0e0e473${n}`;
    const headers = (n: number) => ({ traceparent: `00-${traceOf(n)}-00f067aa0ba902b7-01` });
    for (const n of [1, 2]) await inServerSpan(`request ${n}`, headers(n), false, () => announceAll([n]));
    await announceAll([3]);
    const queues = await openQueues();
    const heard: string[] = [];
    await listen(queues, local, async (event, consumer) => {
      heard.push(JSON.stringify(event.payload));
      await inSpan('within', {}, () => effect(event, consumer));
    });
    // The three wait together, and go into one job of each consumer.
    relay(queues, NEVER_AGAIN);
    await expect.poll(() => unfinished(), { timeout: 10_000 }).toEqual([]);

    expect(heard.sort()).toEqual([1, 1, 2, 2, 3, 3].map((n) => JSON.stringify({ n })));
    const spans = exporter.getFinishedSpans();
    const below = (n: number) =>
      spans.filter((span) => span.spanContext().traceId === traceOf(n)).map(({ name }) => name);
    for (const n of [1, 2])
      expect(below(n).sort()).toEqual([`request ${n}`, 'shop-count', 'shop-mail', 'within', 'within']);
    const request = spans.find(({ name }) => name === 'request 1')?.spanContext().spanId;
    const job = spans.find((span) => span.name === 'shop-mail' && span.spanContext().traceId === traceOf(1));
    expect(job?.parentSpanContext?.spanId).toBe(request);
    // One that no trace announced begins none.
    expect(spans).toHaveLength(10);
  } finally {
    traceWith(null);
    await provider.shutdown();
  }
});

test('a listener of many has one span, below the first, with links to the others', async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  traceWith(provider.getTracer('test'));
  try {
    const parents = ['1', '2'].map((n) => `00-4bf92f3577b34da6a3ce929d0e0e473${n}-00f067aa0ba902b7-01`);
    await inJobSpan('shop-count', [undefined, ...parents], async () => undefined);
    const [span] = exporter.getFinishedSpans();
    expect(span?.spanContext().traceId).toMatch(/31$/);
    expect(span?.links.map(({ context }) => context.traceId)).toEqual(['4bf92f3577b34da6a3ce929d0e0e4732']);
  } finally {
    traceWith(null);
    await provider.shutdown();
  }
});

test('a fact that is rolled back announces nothing', async () => {
  const queues = await openQueues();
  await listen(queues);
  relay(queues, FAST);
  await announceAll([1]);
  await expect(announceAll([0, 1])).rejects.toMatchObject({ code: '23505' });
  await expect.poll(() => unfinished()).toEqual([]);
  expect((await effects()).map(({ n }) => n)).toEqual([1, 1]);
});

test('30: a lost report has the job run again after its time, without a second effect', async () => {
  let lost = 0;
  const forgetful: SubgraphTransport = {
    ...local,
    query: async (...args) => {
      if (lost++ < 2) throw new Error('the report got lost');
      return local.query(...args);
    },
  };
  let runs = 0;
  const queues = await openQueues();
  await listen(queues, forgetful, async ({ id, topic, payload }) => {
    runs++;
    expect(topic).toBe(thingHappened.topic);
    await takeEffect(id, 'shop-count', payload.n);
  });
  relay(queues, FAST);
  await announceAll([7]);
  await expect.poll(() => unfinished(), { timeout: 10_000 }).toEqual([]);
  expect(lost).toBeGreaterThanOrEqual(3);
  expect(runs).toBeGreaterThanOrEqual(4);
  expect(await effects()).toEqual([{ consumer: 'shop-count', n: 7, times: 1 }]);
});

test.each([1, 3])(
  'a job of %i that is still at work when it is added again does not run beside itself',
  async (count) => {
    setRoutes({ [thingHappened.topic]: ['shop-count'] });
    let runs = 0;
    const queues = await openQueues();
    const listener = defineBatchListener(thingHappened, 'shop-count', async (events) => {
      runs++;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      for (const event of events) await effect(event, 'shop-count');
    });
    await startListener(listener, queues, contextOver(local), new Reports(contextOver(local)));
    relay(queues, { everyMs: 20, againAfterMs: 100 });
    await announceAll(upTo(count));
    await expect.poll(() => runs).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(runs).toBe(1);
  },
);

test.each([
  [false, 'its next job waits', 1],
  [true, 'its next ones do not wait', 3],
])('while a listener of many that calls out (%s) is at work, %s', async (callsOut, _, most) => {
  setRoutes({ [thingHappened.topic]: CONSUMERS });
  let atWork = 0;
  let mostAtWork = 0;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const queues = await openQueues();
  const reports = new Reports(contextOver(local));
  const counts = defineBatchListener(
    thingHappened,
    'shop-count',
    async (events) => {
      mostAtWork = Math.max(mostAtWork, ++atWork);
      await released;
      for (const event of events) await effect(event, 'shop-count');
      atWork--;
    },
    { callsOut },
  );
  const mails = defineListener(thingHappened, 'shop-mail', async (event) => void (await effect(event, 'shop-mail')));
  for (const each of [counts, mails]) await startListener(each, queues, contextOver(local), reports);
  relay(queues, NEVER_AGAIN);
  const mailed = async () => (await effects()).filter(({ consumer }) => consumer === 'shop-mail').length;
  for (const n of upTo(3)) {
    await announceAll([n]);
    await expect.poll(mailed).toBe(n + 1);
  }
  await expect.poll(() => mostAtWork).toBe(most);
  release();
  await expect.poll(() => effects(), { timeout: 10_000 }).toEqual(once(3));
  expect(mostAtWork).toBe(most);
});

test('many events go in one job, and a listener that takes many has them all at once', async () => {
  setRoutes({ [thingHappened.topic]: ['shop-count'] });
  const sizes: number[] = [];
  const queues = await openQueues();
  const reports = new Reports(contextOver(local));
  const listener = defineBatchListener(thingHappened, 'shop-count', async (events) => {
    sizes.push(events.length);
    for (const event of events) await effect(event, 'shop-count');
  });
  await startListener(listener, queues, contextOver(local), reports);
  await announceAll(upTo(60));
  relay(queues, NEVER_AGAIN);
  await expect.poll(() => effects(), { timeout: 10_000 }).toEqual(once(60).filter(ofCount));
  expect(sizes).toEqual([60]);
});

test('30: one event of a job that never works is parked by itself, added again or not; the others take effect once', async () => {
  setRoutes({ [thingHappened.topic]: ['shop-count'] });
  const tries: number[] = [];
  const queues = await openQueues();
  const listener = defineBatchListener(thingHappened, 'shop-count', async (events) => {
    if (events.some(({ payload }) => payload.n === 4)) {
      tries.push(events.length);
      throw new Error('4 never works');
    }
    for (const event of events) await effect(event, 'shop-count');
  });
  await startListener(listener, queues, contextOver(local), new Reports(contextOver(local)));
  await announceAll(upTo(10));
  relay(queues, FAST);
  const others = once(10).filter((row) => ofCount(row) && row.n !== 4);
  await expect.poll(() => effects(), { timeout: 10_000 }).toEqual(others);
  await expect.poll(() => queues.parked('shop-count'), { timeout: 15_000 }).toHaveLength(1);
  const [parked] = (await unfinished()).filter(({ id }) => id.endsWith('shop-count'));
  expect(await queues.parked('shop-count')).toMatchObject([{ id: parked!.id, reason: '4 never works' }]);
  // The whole job once, then eight times by itself; added again every 300 ms, it stays parked.
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(tries).toEqual([10, ...Array(8).fill(1)]);
});

test('several relays share the rows out: each is added once, more than a batch of them', async () => {
  const added: string[] = [];
  const counting = {
    add: async (_consumer: string, jobs: readonly Job[]) => {
      added.push(...jobs.flatMap(({ payload }) => (payload as EventsPayload).events.map(({ id }) => id)));
      await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
  await announceAll(upTo(600));
  for (let i = 0; i < 4; i++) relay(counting, NEVER_AGAIN);
  await expect.poll(() => added.length, { timeout: 10_000 }).toBe(1_200);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(added).toHaveLength(1_200);
  expect(new Set(added).size).toBe(1_200);
});

test('33: while a queue is down its rows stay, others go on, and it is filled once it is back', async () => {
  const queues = await openQueues();
  let down = true;
  const half = {
    add: async (consumer: string, jobs: readonly Job[]) => {
      if (down && consumer === 'shop-count') throw new Error('the queue is down');
      await queues.add(consumer, jobs);
    },
  };
  await listen(queues);
  await announceAll(upTo(3));
  relay(half, NEVER_AGAIN);
  await expect.poll(() => effects()).toEqual(once(3).filter(({ consumer }) => consumer === 'shop-mail'));
  await expect.poll(() => unfinished()).toHaveLength(3);
  down = false;
  await expect.poll(() => unfinished(), { timeout: 10_000 }).toEqual([]);
  expect(await effects()).toEqual(once(3));
});

test('a worker that stops has told what it handled', async () => {
  const queues = await openQueues();
  let slow = () => {};
  const held = new Promise<void>((resolve) => {
    slow = resolve;
  });
  const reports = await listen(queues, {
    ...local,
    query: async (...args) => {
      await held;
      return local.query(...args);
    },
  });
  relay(queues, NEVER_AGAIN);
  await announceAll(upTo(2));
  await expect.poll(() => effects()).toEqual(once(2));
  await new Promise((resolve) => setTimeout(resolve, 300));
  setTimeout(slow, 100);
  await reports.flush();
  expect(await unfinished()).toEqual([]);
});
