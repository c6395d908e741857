import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTraces } from '#platform/telemetry/otlp-traces.ts';
import { inServerSpan } from '#platform/telemetry/traces.ts';
import { otlpReceiver, treeOf } from '#router/telemetry/testing/otlp-receiver.ts';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

test('the spans of a purchase hang together: every step that asks another subgraph is below the mutation', async () => {
  const receiver = await otlpReceiver();
  const stop = openTraces({ service: 't', sampler: 'always_on', ratio: 1, delayMs: 60_000, url: receiver.url });
  const cart = desk.neighbors.fillCart();
  const placed = await inServerSpan('mutation OrderPlace', {}, true, () => desk.place({ cartId: cart.id }));
  expect(placed.order?.status).toBe('CONFIRMED');
  await stop();
  await receiver.close();
  expect(new Set(receiver.spans.map(({ traceId }) => traceId)).size).toBe(1);
  expect(treeOf(receiver.spans, undefined)).toEqual([
    'mutation OrderPlace',
    '  subgraph orders',
    '    ask carts',
    '    ask inventory',
    '    ask payments',
    '      subgraph payments',
    '    ask carts',
  ]);
});
