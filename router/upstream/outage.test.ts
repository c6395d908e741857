import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { signInternalToken } from '#platform/auth/internal-token.ts';
import type { ServedSubgraph } from '#platform/graphql/serve-subgraph.ts';
import { httpTransport } from '#platform/transport/http.ts';
import type { UpstreamSettings } from '#platform/transport/upstream-policy.ts';
import { post, type Running, runShop, serve } from '../testing/shapes.ts';
import { until } from '../testing/subscriber.ts';
import { TestShop, type TestSubgraphName } from '../testing/test-shop.ts';

const DEADLINE_MS = 300;
const UNAVAILABLE = {
  message: 'A part of this service cannot be reached just now; what it answers is missing.',
  extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
};
const PLACE = 'mutation { orderPlace(id: "o2") { status lines { product { title } } } }';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The shop over HTTP, with a stand-in for one subgraph that counts what it is asked and answers as told. */
async function shopWithout(
  name: TestSubgraphName,
  answer: (response: ServerResponse) => void,
  policy: UpstreamSettings = {},
) {
  const shop = new TestShop();
  shop.feed.set('o1', 'CONFIRMED');
  const healthy: TestSubgraphName = name === 'catalog' ? 'orders' : 'catalog';
  const served: ServedSubgraph = await serve(shop, healthy);
  const counted = { attempts: 0 };
  const server: Server = createServer((request, response) => {
    counted.attempts += 1;
    request.resume().on('end', () => answer(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const at = (of: number) => `http://127.0.0.1:${of}/graphql`;
  const transport = httpTransport({
    urls: { [healthy]: at(served.port), [name]: at(port) },
    sign: signInternalToken,
    caller: 'router',
    policy: { deadlineMs: DEADLINE_MS, openMs: 100, ...policy },
  });
  const running: Running = await runShop('local', shop, { transport, deduplicate: false });
  closing.push(
    () => served.close(),
    () => new Promise((resolve) => server.closeAllConnections() ?? server.close(resolve)),
    () => transport.close(),
    () => running.close(),
  );
  return { counted, running, shop };
}

const timed = async <Answer>(work: Promise<Answer>): Promise<[Answer, number]> => {
  const sinceMs = performance.now();
  return [await work, performance.now() - sinceMs];
};

describe('34: a subgraph', () => {
  test('that hangs costs its deadline and no second attempt; others are not held up, and orders are placed', async () => {
    const { counted, running, shop } = await shopWithout('catalog', () => {});
    await post(running.url, '{ order(id: "o1") { status } }');
    const hanging = Array.from({ length: 5 }, () =>
      timed(post(running.url, '{ a: products { title } b: products { upc } whoAmI }')),
    );
    await until(() => counted.attempts > 0);
    const [{ body }, ms] = await timed(post(running.url, '{ order(id: "o1") { status } }'));
    expect(body).toEqual({ data: { order: { status: 'CONFIRMED' } } });
    expect(ms).toBeLessThan(DEADLINE_MS);
    for (const [answer, lateMs] of await Promise.all(hanging)) {
      expect(answer.body).toEqual({ data: { a: null, b: null, whoAmI: 'guest by router' }, errors: [UNAVAILABLE] });
      expect(lateMs).toBeLessThan(DEADLINE_MS * 4);
    }
    expect(counted.attempts).toBe(5);
    const placed = await post(running.url, PLACE);
    expect(placed.body).toEqual({
      data: { orderPlace: { status: 'CONFIRMED', lines: [{ product: null }, { product: null }] } },
      errors: [UNAVAILABLE],
    });
    expect(shop.calls.place).toBe(1);
  });

  test('that is down is not stormed: of 200 queries few reach it, and it serves again once it is back', async () => {
    let down = true;
    const { counted, running } = await shopWithout('catalog', (response) => {
      if (down) response.writeHead(503).end();
      else response.end('{"data":{"products":[]}}');
    });
    for (let burst = 0; burst < 10; burst += 1) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => post(running.url, '{ products { upc } }')));
      for (const { body } of answers) expect(body).toEqual({ data: { products: null }, errors: [UNAVAILABLE] });
    }
    // The first burst, before the breaker knows; then one try each time that it is half-open.
    expect(counted.attempts).toBeLessThan(40);
    down = false;
    await expect
      .poll(async () => (await post(running.url, '{ products { upc } }')).body, { timeout: 5_000 })
      .toEqual({ data: { products: [] } });
  });

  test.each([
    ['answers 503', (response: ServerResponse) => void response.writeHead(503).end()],
    ['drops the connection', (response: ServerResponse) => void response.destroy()],
    ['hangs', () => {}],
  ])('that %s is sent a mutation once', async (_, answer) => {
    const { counted, running } = await shopWithout('orders', answer);
    const { body } = await post(running.url, PLACE);
    expect(body).toEqual({ data: null, errors: [UNAVAILABLE] });
    expect(counted.attempts).toBe(1);
  });
});

test('35: a router that stops answers what waits for a subgraph before it ends', async () => {
  const held: ServerResponse[] = [];
  const { counted, running } = await shopWithout('catalog', (response) => held.push(response), { deadlineMs: 5_000 });
  const waiting = post(running.url, '{ products { upc } }');
  await until(() => counted.attempts === 1 && held.length === 1);
  const closed = running.router.close();
  held[0]?.end('{"data":{"products":[{"upc":"p1"}]}}');
  expect((await waiting).body).toEqual({ data: { products: [{ upc: 'p1' }] } });
  await closed;
});
