import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ServedMetrics, serveMetrics } from '#platform/telemetry/serve-metrics.ts';
import { post, type Running, runShop } from '../testing/shapes.ts';
import { openClient, subscribe, until } from '../testing/subscriber.ts';
import { TestShop } from '../testing/test-shop.ts';
import { boundedNames } from './bounded-names.ts';
import { countCacheLook } from './router-metrics.ts';

vi.hoisted(() => {
  process.env.METRICS_PORT = '24021';
});

let metrics: ServedMetrics | null;
let running: Running;
const shop = new TestShop();
beforeAll(async () => {
  metrics = await serveMetrics(() => true);
  shop.feed.set('o1', 'CONFIRMED');
  running = await runShop('http', shop, { deadlineMs: 300 });
});
afterAll(async () => {
  await running.close();
  await metrics?.stop();
});

const scraped = async () => (await fetch(`http://127.0.0.1:${metrics?.port}/metrics`)).text();
/** The value of a sample by its name and all of its labels. */
const sampleOf = (text: string, sample: string) => {
  const line = text.split('\n').find((each) => each.startsWith(`${sample} `));
  return line === undefined ? undefined : Number(line.slice(sample.length));
};

test('requests, errors, latency, fetches, plans and caches are counted', async () => {
  for (let n = 0; n < 3; n += 1) await post(running.url, 'query Who { whoAmI }');
  await post(running.url, 'query Bad { broken }');
  await post(running.url, '{ nothing }');
  countCacheLook('entity', 'hit', 4);
  const text = await scraped();
  const who = 'operation="Who",kind="query"';
  expect(sampleOf(text, `souk_router_requests_total{${who},protocol="http",outcome="ok"}`)).toBe(3);
  expect(sampleOf(text, `souk_router_request_seconds_count{${who}}`)).toBe(3);
  expect(
    sampleOf(text, 'souk_router_requests_total{operation="Bad",kind="query",protocol="http",outcome="failed"}'),
  ).toBe(1);
  expect(
    sampleOf(text, 'souk_router_requests_total{operation="unknown",kind="unknown",protocol="http",outcome="refused"}'),
  ).toBe(1);
  expect(sampleOf(text, 'souk_router_errors_total{code="INTERNAL"}')).toBe(1);
  expect(sampleOf(text, 'souk_router_fetches_total{subgraph="orders",outcome="ok"}')).toBe(3);
  expect(sampleOf(text, 'souk_router_fetches_total{subgraph="orders",outcome="errors"}')).toBe(1);
  expect(sampleOf(text, 'souk_router_fetch_seconds_count{subgraph="orders"}')).toBe(4);
  expect(sampleOf(text, 'souk_router_plan_looks_total{result="miss"}')).toBe(2);
  expect(sampleOf(text, 'souk_router_plan_looks_total{result="hit"}')).toBe(2);
  expect(sampleOf(text, 'souk_router_cache_looks_total{cache="entity",result="hit"}')).toBe(4);
});

test('what is open is told while it is open', async () => {
  const client = openClient(running.url);
  const open = [1, 2].map(() => subscribe(client, 'subscription { orderUpdated(id: "o1") { status } }'));
  await until(() => open.every(({ heard }) => heard.length === 1));
  const before = await scraped();
  expect(sampleOf(before, 'souk_router_open{kind="subscribers"}')).toBe(2);
  expect(sampleOf(before, 'souk_router_open{kind="upstreams"}')).toBe(1);
  expect(sampleOf(before, 'souk_router_open{kind="sockets"}')).toBe(1);
  for (const each of open) each.stop();
  await client.dispose();
  await expect.poll(async () => sampleOf(await scraped(), 'souk_router_open{kind="subscribers"}')).toBe(0);
});

test('a streamed subscription is counted once, when it has ended', async () => {
  const gone = new AbortController();
  const response = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription Streamed { orderUpdated(id: "o1") { status } }' }),
    signal: gone.signal,
  });
  await response.body?.getReader().read();
  const streamed = async () =>
    [...(await scraped()).matchAll(/requests_total\{operation="Streamed".*\} (\d+)/g)].map(([, n]) => n);
  expect(await streamed()).toEqual([]);
  gone.abort();
  await expect.poll(streamed).toEqual(['1']);
});

test('34: a breaker that opens is seen, and retries are', async () => {
  await running.served.get('catalog')?.close();
  for (let n = 0; n < 10; n += 1) await post(running.url, '{ products { upc } }');
  const text = await scraped();
  expect(sampleOf(text, 'souk_upstream_breaker{subgraph="catalog"}')).toBe(2);
  expect(sampleOf(text, 'souk_upstream_breaker{subgraph="orders"}')).toBe(0);
  expect(sampleOf(text, 'souk_upstream_retries_total{subgraph="catalog"}')).toBeGreaterThan(1);
  expect(sampleOf(text, 'souk_upstream_turned_away_total{subgraph="catalog",reason="breaker"}')).toBeGreaterThan(1);
  expect(sampleOf(text, 'souk_router_fetches_total{subgraph="catalog",outcome="unavailable"}')).toBe(10);
});

test('names without end make no metrics without end', () => {
  const name = boundedNames(3);
  expect(['a', 'b', 'c', 'd', 'e', 'a', 'c'].map(name)).toEqual(['a', 'b', 'c', 'other', 'other', 'a', 'c']);
});
