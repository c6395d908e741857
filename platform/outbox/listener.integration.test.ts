import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { inJobSpan, inServerSpan, inSpan, traceWith } from '#platform/telemetry/traces.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { defineBatchListener, defineListener, startListener } from './listener.ts';
import { Reports } from './reports.ts';
import { setRoutes } from './routes.ts';
import {
  announceAll,
  CONSUMERS,
  contextOver,
  effect,
  effects,
  FAST,
  listen,
  local,
  NEVER_AGAIN,
  ofCount,
  once,
  openQueues,
  openShop,
  relay,
  thingHappened,
  unfinished,
  upTo,
} from './testing/outbox-shop.ts';

openShop(createTestDatabase);

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
  // The whole job once, then eight times by itself; added again every 300 ms, it stays parked. What nobody has reported by
  // then comes along once more.
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(tries[0]).toBe(10);
  expect(tries.filter((events) => events === 1)).toHaveLength(8);
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
