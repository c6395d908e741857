import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTraces } from '#platform/telemetry/otlp-traces.ts';
import { post, type Running, runShop, type Shape } from '../testing/shapes.ts';
import { TestShop } from '../testing/test-shop.ts';
import { otlpReceiver, treeOf } from './testing/otlp-receiver.ts';

const QUERY = /* GraphQL */ `
  query Deep { order(id: "o1") { status lines { product { title } } } products { upc } }
`;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

describe.each<Shape>(['local', 'http'])('traces over the %s transport', (shape) => {
  let receiver: Awaited<ReturnType<typeof otlpReceiver>>;
  let running: Running;
  let stop: () => Promise<void>;

  const start = async (sampler: 'parentbased_always_on' | 'parentbased_always_off') => {
    stop = openTraces({ service: 'test', sampler, ratio: 1, delayMs: 60_000, url: receiver.url });
    const shop = new TestShop();
    shop.feed.set('o1', 'CONFIRMED');
    running = await runShop(shape, shop);
  };
  beforeEach(async () => {
    receiver = await otlpReceiver();
  });
  afterEach(async () => {
    await running.close();
    await receiver.close();
  });

  test('a request, its plan, each node and fetch, and the subgraphs hang together below the client’s span', async () => {
    await start('parentbased_always_off');
    const headers = { traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: 'vendor=1' };
    await post(running.url, QUERY, { headers });
    await running.close();
    await stop();
    expect(new Set(receiver.spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
    expect(treeOf(receiver.spans, PARENT)).toEqual([
      'query Deep',
      '  parse',
      '  validate',
      '  plan',
      '  fetch orders',
      '    subgraph orders',
      '  fetch catalog',
      '    subgraph catalog',
      '  Flatten',
      '    fetch catalog',
      '      subgraph catalog',
    ]);
  });

  test('sampling is obeyed: what is not sampled is not sent', async () => {
    await start('parentbased_always_off');
    await post(running.url, QUERY);
    await post(running.url, QUERY, { headers: { traceparent: `00-${TRACE}-${PARENT}-00` } });
    await running.close();
    await stop();
    expect(receiver.spans).toEqual([]);
  });

  test('nothing of variables, literals and headers is in a span', async () => {
    await start('parentbased_always_on');
    const text = 'query Secret($id: ID!) { order(id: $id) { status } product(upc: "secret-literal") { upc } }';
    const headers = { authorization: 'Bearer cus_secret-token', cookie: 'secret-cookie' };
    await post(running.url, text, { variables: { id: 'secret-variable' }, headers });
    await post(running.url, text, { variables: { id: { deep: 'secret-wrong' } }, headers });
    await running.close();
    await stop();
    expect(receiver.spans.length).toBeGreaterThan(5);
    expect(receiver.bodies.join()).not.toContain('secret-');
  });
});
