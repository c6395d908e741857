import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ChangeChannel, changesOver } from '#platform/cache/changes.ts';
import { CACHE_CONTROL } from '#platform/graphql/cache-control.ts';
import { Live } from '#platform/live/live.ts';
import { postgresLive } from '#platform/live/postgres-live.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { redisWanted, startTestRedis, type TestRedis } from '#tests/test-redis.ts';
import { post } from '../testing/shapes.ts';
import { runSmallGraph, type SmallGraph } from '../testing/small-graph.ts';
import { redisChanges } from './redis-changes.ts';

const SECRET = 'a secret of the cache';
const HINTS = CACHE_CONTROL.replace(' @inaccessible', '');

/** What two processes hear each other by; `stop` ends what was opened. */
interface Pair {
  readonly channels: readonly ChangeChannel[];
  stop(): Promise<unknown>;
}

async function overPostgres(): Promise<Pair> {
  const database = await createTestDatabase('changes');
  const fanOuts = [new Live(), new Live()];
  for (const fanOut of fanOuts) await fanOut.open((end) => postgresLive(database.url, end));
  return {
    channels: fanOuts.map(changesOver),
    async stop() {
      for (const fanOut of fanOuts) await fanOut.close();
      await database.drop();
    },
  };
}

async function overRedis(): Promise<Pair> {
  const redis = await startTestRedis();
  const connections = [0, 1].map(() => new Redis(redis.url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 }));
  const channels = await Promise.all(connections.map((connection) => redisChanges(connection, 'test')));
  return {
    channels,
    async stop() {
      for (const channel of channels) channel.close();
      for (const connection of connections) connection.disconnect();
      await redis.stop();
    },
  };
}

describe.each([
  ['the wake-ups of Postgres', overPostgres, true],
  ['the pub/sub of a Redis', overRedis, redisWanted],
] as const)('two routers that hear each other over %s', (_, open, runs) => {
  let pair: Pair;
  let graphs: SmallGraph[];
  let title: string;

  beforeAll(async () => {
    if (runs) pair = await open();
  });
  afterAll(() => pair?.stop());
  beforeEach(async () => {
    if (!runs) return;
    title = 'Teapot';
    graphs = await Promise.all(
      pair.channels.map((changes) =>
        runSmallGraph(
          {
            catalog: {
              sdl: `${HINTS}
                type Query { product: Product } type Product @key(fields: "id") @cacheControl(maxAge: 60) { id: ID! title: String }`,
              resolvers: { Query: { product: () => ({ id: 'p1', title }) } },
            },
          },
          { caching: { tellCache: true, invalidationSecret: SECRET, changes } },
        ),
      ),
    );
  });
  afterEach(async () => {
    if (!runs) return;
    for (const graph of graphs) await graph.close();
  });

  const seen = async (router: number) => {
    const { headers, body } = await post(graphs[router]?.url ?? '', '{ product { id title } }');
    return `${headers.get('x-cache')} ${body.data.product.title}`;
  };
  const drop = async (body: object[]) => {
    const headers = { authorization: `Bearer ${SECRET}` };
    const response = await fetch(`${graphs[0]?.url}/cache/invalidate`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return [response.status, ((await response.json()) as { count?: number }).count];
  };

  test.runIf(runs).each([
    { kind: 'entity', type: 'Product', key: { id: 'p1' } },
    { kind: 'type', type: 'Product' },
    { kind: 'subgraph', subgraph: 'catalog' },
  ])('one is told to drop a %j, and both do', async (request) => {
    for (const router of [0, 1])
      expect([await seen(router), await seen(router)]).toEqual(['MISS Teapot', 'HIT Teapot']);
    title = 'Kettle';
    expect(await drop([request])).toEqual([202, 1]);
    expect(await seen(0)).toBe('MISS Kettle');
    await expect.poll(() => seen(1)).toBe('HIT Kettle');
  });

  test.runIf(runs)('what the other is not concerned by stays', async () => {
    for (const router of [0, 1]) await seen(router);
    title = 'Kettle';
    expect(await drop([{ kind: 'entity', type: 'Product', key: { id: 'p2' } }])).toEqual([202, 0]);
    expect(await drop([{ kind: 'entity', type: 'Product', key: { id: 'p1\n*' } }])).toEqual([400, undefined]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([await seen(0), await seen(1)]).toEqual(['HIT Teapot', 'HIT Teapot']);
  });
});

describe.runIf(redisWanted)('a Redis that goes away', () => {
  let redis: TestRedis;
  test('is told as a loss, and everything is dropped when it is back', async () => {
    redis = await startTestRedis();
    const connection = new Redis(redis.url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
    const changes = await redisChanges(connection, 'test');
    const heard: string[] = [];
    changes.follow({
      changed: (change) => heard.push(change),
      lost: () => heard.push('lost'),
      restored: () => heard.push('restored'),
    });
    expect(heard).toEqual([]);
    await changes.announce(['Product', 'Product:p1']);
    await expect.poll(() => heard).toEqual(['Product', 'Product:p1']);
    const admin = new Redis(redis.url);
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await expect.poll(() => heard).toEqual(['Product', 'Product:p1', 'lost', 'restored']);
    admin.disconnect();
    changes.close();
    connection.disconnect();
    await redis.stop();
  });

  test('does not hold up the start', async () => {
    const connection = new Redis('redis://127.0.0.1:9', { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
    connection.on('error', () => undefined);
    const changes = await redisChanges(connection, 'test');
    const heard: string[] = [];
    changes.follow({
      changed: () => undefined,
      lost: () => heard.push('lost'),
      restored: () => heard.push('restored'),
    });
    expect(heard).toEqual(['lost']);
    await changes.announce(['Product']);
    changes.close();
    connection.disconnect();
  });
});
