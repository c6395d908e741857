import { EventEmitter, once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import type { RouterOptions } from '../router.ts';
import { post } from '../testing/shapes.ts';
import { runSmallGraph, type SmallGraph } from '../testing/small-graph.ts';

let graph: SmallGraph;
/** Tells of each question that came to the subgraph; answers wait until `open` is told. */
let asked: EventEmitter;
let left: number;

const QUERY = '{ left }';
const lefts = () => graph.asked.filter((text) => text.includes('left')).length;

async function start(options: Partial<RouterOptions> = {}) {
  asked = new EventEmitter().setMaxListeners(100);
  left = 5;
  graph = await runSmallGraph(
    {
      stock: {
        sdl: 'type Query { left: Int broken: Int! } type Mutation { take: Int }',
        resolvers: {
          Query: {
            async left() {
              const read = left;
              const opened = once(asked, 'open');
              asked.emit('left');
              await opened;
              return read;
            },
            async broken() {
              const opened = once(asked, 'open');
              asked.emit('broken');
              await opened;
              throw new Error('broken');
            },
          },
          Mutation: {
            take: () => {
              left -= 1;
              return left;
            },
          },
        },
      },
    },
    options,
  );
}

afterEach(() => graph.close());

/** What was sent has reached the router when two that were sent after it, one after the other, have been answered. */
async function arrived() {
  await post(graph.url, '{ __typename }');
  await post(graph.url, '{ __typename }');
}

describe.each([
  { name: 'with a cache', caching: {} },
  { name: 'without a cache', caching: null },
])('equal queries under way at once, $name', ({ caching }) => {
  const start10 = async (headers: (nth: number) => Record<string, string> = () => ({})) => {
    const first = once(asked, 'left');
    const answers = [post(graph.url, QUERY, { headers: headers(0) })];
    await first;
    for (let nth = 1; nth < 10; nth++) answers.push(post(graph.url, QUERY, { headers: headers(nth) }));
    await arrived();
    return answers;
  };

  test('are answered once, each client whole', async () => {
    await start({ caching });
    const answers = await start10();
    // Without a cache nine joined; with one, they first wait for an answer that turns out not to be kept.
    const again = once(asked, 'left');
    asked.emit('open');
    if (caching) {
      await again;
      asked.emit('open');
    }
    for (const { status, body } of await Promise.all(answers)) {
      expect(status).toBe(200);
      expect(body).toEqual({ data: { left: 5 } });
    }
    expect(lefts()).toBe(caching ? 2 : 1);
  });

  test('of two viewers are two', async () => {
    await start({ caching });
    const both = once(asked, 'left');
    const guest = post(graph.url, QUERY);
    await both;
    const other = once(asked, 'left');
    const signedIn = post(graph.url, QUERY, { headers: { authorization: 'Bearer -' } });
    // With a cache the second waits for an answer that may be for both.
    if (caching) asked.emit('open');
    await other;
    asked.emit('open');
    await Promise.all([guest, signedIn]);
    expect(lefts()).toBe(2);
  });
});

test('a query after a mutation joins none from before it', async () => {
  await start({ caching: null });
  const first = once(asked, 'left');
  const before = post(graph.url, QUERY);
  await first;
  expect((await post(graph.url, 'mutation { take }')).body).toEqual({ data: { take: 4 } });
  const second = once(asked, 'left');
  const after = post(graph.url, QUERY);
  await second;
  asked.emit('open');
  expect((await before).body).toEqual({ data: { left: 5 } });
  expect((await after).body).toEqual({ data: { left: 4 } });
});

test('a fault that is told is told to all who asked', async () => {
  await start({ caching: null });
  const first = once(asked, 'broken');
  const answers = [post(graph.url, '{ broken }')];
  await first;
  answers.push(post(graph.url, '{ broken }'));
  await arrived();
  asked.emit('open');
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses).toEqual([200, 200]);
  expect(graph.asked.filter((text) => text.includes('broken'))).toHaveLength(1);
});

test('each is answered for itself where that is wanted', async () => {
  await start({ caching: null, deduplicate: false });
  const first = once(asked, 'left');
  const one = post(graph.url, QUERY);
  await first;
  const second = once(asked, 'left');
  const other = post(graph.url, QUERY);
  await second;
  asked.emit('open');
  await Promise.all([one, other]);
  expect(lefts()).toBe(2);
});
