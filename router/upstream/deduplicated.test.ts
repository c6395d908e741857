import type { ExecutionResult } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Identity } from '#platform/auth/viewer.ts';
import { type SubgraphRequest, type SubgraphTransport, SubgraphUnavailable } from '#platform/transport/transport.ts';
import { post, runShop } from '../testing/shapes.ts';
import { TestShop } from '../testing/test-shop.ts';
import { deduplicated } from './deduplicated.ts';

const viewer = (customerId: string): Identity => ({
  viewer: { customerId, scopes: [], sessionId: 's' },
  caller: 'router',
});
const GUEST: Identity = { viewer: null, caller: 'router' };
const QUERY: SubgraphRequest = { query: 'query { stock { left } }', variables: { id: 1 } };
const MUTATION: SubgraphRequest = { query: 'mutation { reserve }' };

/** A subgraph whose answers come when the test says so. */
function held() {
  const asked: { answer(result: ExecutionResult): void; fail(error: unknown): void }[] = [];
  const transport = {
    query: () => new Promise((resolve, reject) => asked.push({ answer: resolve, fail: reject })),
    close: async () => {},
  } as unknown as SubgraphTransport;
  return { asked, transport: deduplicated(transport) };
}
const stock = (left: number) => ({ data: { stock: { left, at: [{ shelf: 1 }] } } });

describe('equal queries under way at once', () => {
  test('are one, and each gets an answer of its own to change', async () => {
    const { asked, transport } = held();
    const answers = [1, 2, 3].map(() =>
      transport.query('stock', { ...QUERY }, GUEST).then((result) => {
        const { stock: told } = result.data as ReturnType<typeof stock>['data'];
        const { left } = told;
        // As the executor does, which joins other subgraphs' fields into it.
        Object.assign(told, { left: -1 });
        return left;
      }),
    );
    expect(asked).toHaveLength(1);
    asked[0]?.answer(stock(5));
    expect(await Promise.all(answers)).toEqual([5, 5, 5]);
  });

  test('share a failure too, and the next one asks again', async () => {
    const { asked, transport } = held();
    const both = [transport.query('stock', QUERY, GUEST), transport.query('stock', QUERY, GUEST)];
    const settled = Promise.allSettled(both);
    asked[0]?.fail(new SubgraphUnavailable('stock', 'down'));
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = transport.query('stock', QUERY, GUEST);
    expect(asked).toHaveLength(2);
    asked[1]?.answer(stock(1));
    expect(await next).toEqual(stock(1));
  });

  test.each<[string, string, SubgraphRequest, Identity]>([
    ['another viewer', 'stock', QUERY, viewer('cus_1')],
    ['other variables', 'stock', { ...QUERY, variables: { id: 2 } }, GUEST],
    ['another text', 'stock', { ...QUERY, query: '{ stock { left } }' }, GUEST],
    ['another subgraph', 'prices', QUERY, GUEST],
    ['other forwarded headers', 'stock', { ...QUERY, headers: { authorization: 'Bearer b' } }, GUEST],
  ])('are not equal for %s', (_, subgraph, request, identity) => {
    const { asked, transport } = held();
    transport.query('stock', { ...QUERY, headers: { authorization: 'Bearer a' } }, GUEST);
    transport.query('stock', QUERY, GUEST);
    transport.query(subgraph, request, identity);
    expect(asked).toHaveLength(3);
  });

  test('mutations never are one', () => {
    const { asked, transport } = held();
    for (let n = 0; n < 3; n += 1) transport.query('stock', MUTATION, GUEST);
    expect(asked).toHaveLength(3);
  });

  test('after a mutation its viewer joins no query that was sent before it', async () => {
    const { asked, transport } = held();
    const before = [transport.query('stock', QUERY, GUEST), transport.query('stock', QUERY, GUEST)];
    const other = transport.query('stock', QUERY, viewer('cus_1'));
    const reserved = transport.query('stock', MUTATION, GUEST);
    asked[2]?.answer({ data: { reserve: true } });
    await reserved;
    const after = [transport.query('stock', QUERY, GUEST), transport.query('stock', QUERY, GUEST)];
    const otherAfter = transport.query('stock', QUERY, viewer('cus_1'));
    expect(asked).toHaveLength(4);
    asked[0]?.answer(stock(5));
    asked[1]?.answer(stock(5));
    asked[3]?.answer(stock(4));
    expect(await Promise.all([...before, other, otherAfter, ...after])).toEqual([5, 5, 5, 5, 4, 4].map(stock));
  });
});

test('a router joins equal queries of its clients, and none when it is told so', async () => {
  const ask = async (deduplicate: boolean) => {
    const shop = new TestShop();
    const running = await runShop('http', shop, { deduplicate });
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(running.url, '{ products { title } }')));
    await running.close();
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    return shop.calls.products;
  };
  expect(await ask(true)).toBeLessThan(5);
  expect(await ask(false)).toBe(10);
});
