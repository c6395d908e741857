import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { Places } from './connection-limits.ts';
import type { RouterOptions } from './router.ts';
import { type Running, runShop } from './testing/shapes.ts';
import { openClient, subscribe, until } from './testing/subscriber.ts';
import { TestShop } from './testing/test-shop.ts';

const STATUS = 'subscription ($id: ID!) { orderUpdated(id: $id) { status } }';
const SSE = 'text/event-stream';
const MULTIPART = 'multipart/mixed;subscriptionSpec=1.0';
const NEWER = 'application/graphql-response+json';

test('a place that is given back twice is one place', () => {
  const places = new Places({ address: 2, viewer: 1 });
  const [first] = [places.take('address', 'a'), places.take('address', 'a')];
  expect(places.take('address', 'a')).toBeNull();
  expect(places.take('address', 'b')).not.toBeNull();
  first?.();
  first?.();
  expect(places.take('address', 'a')).not.toBeNull();
  expect(places.take('address', 'a')).toBeNull();
  expect(places.take('viewer', undefined)).not.toBeNull();
  expect(places.take('viewer', undefined)).not.toBeNull();
});

describe('47: what one client may hold open', () => {
  const shop = new TestShop();
  shop.feed.set('a', 'CONFIRMED');
  let running: Running | undefined;
  const sockets: WebSocket[] = [];
  const gone = new AbortController();

  const run = async (connections: RouterOptions['connections'], more: Partial<RouterOptions> = {}) => {
    running = await runShop('local', shop, { connections: connections ?? {}, ...more });
    return running.url;
  };
  const open = (url: string, headers: Record<string, string> = {}) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    sockets.push(socket);
    const closed = new Promise<string>((resolve) => {
      socket.on('close', (code, reason) => resolve(`${code} ${reason}`));
      socket.on('unexpected-response', (_, { statusCode, headers: told }) => {
        resolve(`${statusCode} retry after ${told['retry-after']}`);
        socket.terminate();
      });
      socket.on('error', () => undefined);
    });
    const acknowledged = new Promise((resolve) => socket.once('message', resolve));
    const opened = new Promise((resolve) => socket.once('open', resolve));
    return { socket, closed, opened, acknowledged };
  };
  const introduce = (socket: WebSocket, payload: object = {}) =>
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
  const stream = (url: string, accept: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...headers },
      body: JSON.stringify({ query: STATUS, variables: { id: 'a' } }),
      signal: gone.signal,
    });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.terminate();
    await running?.close();
    await until(() => shop.feed.active === 0);
  });

  test('47: a socket without connection_init is closed at its deadline, and cut off if it does not answer that', async () => {
    const url = await run({ socketsPerAddress: 2 }, { initTimeoutMs: 150 });
    const begun = performance.now();
    const silent = open(url);
    // It reads nothing, not even that it is closed.
    const deaf = open(url);
    await Promise.all([silent.opened, deaf.opened]);
    deaf.socket.pause();
    expect(await silent.closed).toBe('4408 Connection initialisation timeout');
    expect(performance.now() - begun).toBeLessThan(1_000);
    // Its place is free again.
    await open(url).opened;
    expect(await open(url).closed).toBe('429 retry after 5');
    await sleep(2_300);
    await open(url).opened;
  });

  test('47: a flood of sockets from one address is refused before the handshake, those of others are not', async () => {
    const url = await run({ socketsPerAddress: 20 }, { trustedProxies: ['127.0.0.1'] });
    const from = (address: string) => open(url, { 'x-forwarded-for': address });
    const flood = Array.from({ length: 100 }, () => from('203.0.113.9'));
    const outcomes = await Promise.all(
      flood.map(({ opened, closed }) => Promise.race([opened.then(() => 'open'), closed])),
    );
    expect(outcomes.filter((outcome) => outcome === 'open')).toHaveLength(20);
    expect(outcomes.filter((outcome) => outcome === '429 retry after 5')).toHaveLength(80);
    await from('203.0.113.10').opened;
    // Addresses of one IPv6 customer are one.
    await Promise.all(Array.from({ length: 20 }, (_, n) => from(`2001:db8::${n}`).opened));
    expect(await from('2001:db8::ffff').closed).toBe('429 retry after 5');
    flood[outcomes.indexOf('open')]?.socket.close();
    await flood[outcomes.indexOf('open')]?.closed;
    await from('203.0.113.9').opened;
  });

  test('47: more sockets of one viewer than allowed are closed with 1013', async () => {
    const url = await run({ socketsPerViewer: 2 });
    const signedIn = async (authorization: string) => {
      const socket = open(url);
      await socket.opened;
      introduce(socket.socket, { authorization });
      return Promise.race([socket.closed, socket.acknowledged.then(() => 'in')]);
    };
    expect(await signedIn('Bearer cus_1')).toBe('in');
    expect(await signedIn('Bearer cus_1')).toBe('in');
    expect(await signedIn('Bearer cus_1')).toBe('1013 At most 2 sockets of one viewer at once');
    expect(await signedIn('Bearer cus_2')).toBe('in');
    sockets[0]?.terminate();
    await sleep(50);
    expect(await signedIn('Bearer cus_1')).toBe('in');
  });

  test('47: subscriptions are counted over sockets, SSE and multipart together, by viewer and by address', async () => {
    const url = await run({ subscriptionsPerViewer: 3, subscriptionsPerAddress: 5 });
    const authorization = 'Bearer cus_1';
    const client = openClient(url, { authorization });
    const first = subscribe(client, STATUS, { id: 'a' });
    const streams = await Promise.all([SSE, MULTIPART].map((accept) => stream(url, accept, { authorization })));
    await until(() => first.heard.length === 1);
    expect(streams.map(({ status }) => status)).toEqual([200, 200]);

    const message = 'At most 3 subscriptions of one viewer at once.';
    const errors = [{ message, extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 5 } }];
    const fourth = subscribe(client, STATUS, { id: 'a' });
    expect(await fourth.ended).toEqual(errors);
    const overSse = await (await stream(url, SSE, { authorization })).text();
    expect(overSse).toBe(`:\n\nevent: next\ndata: ${JSON.stringify({ errors })}\n\nevent: complete\ndata: \n\n`);
    const overMultipart = await stream(url, `${MULTIPART}, ${NEWER}`, { authorization });
    expect(overMultipart.status).toBe(429);
    expect(await overMultipart.json()).toEqual({ errors });
    expect((await stream(url, MULTIPART, { authorization })).status).toBe(200);

    const guests = openClient(url);
    const asGuest = [1, 2].map(() => subscribe(guests, STATUS, { id: 'a' }));
    await until(() => asGuest.every(({ heard }) => heard.length === 1));
    const sixth = subscribe(guests, STATUS, { id: 'a' });
    expect(await sixth.ended).toMatchObject([{ message: 'At most 5 subscriptions of one address at once.' }]);

    // Refused ones have taken no place, and one that ends gives its own back.
    first.stop();
    await sleep(50);
    const again = subscribe(client, STATUS, { id: 'a' });
    await until(() => again.heard.length === 1);
    expect(again.heard[0].data).toEqual({ orderUpdated: { status: 'CONFIRMED' } });
    client.terminate();
    guests.terminate();
    for (const { body } of streams) await body?.cancel();
  });

  test('47: an operation that is refused, or fails to begin, gives its place back', async () => {
    const url = await run({ subscriptionsPerAddress: 1 });
    const client = openClient(url);
    for (const id of ['nobody', 'fault', 'nobody']) await subscribe(client, STATUS, { id }).ended;
    await subscribe(client, STATUS).ended;
    const { heard } = subscribe(client, STATUS, { id: 'a' });
    await until(() => heard.length === 1);
    expect(heard[0].errors).toBeUndefined();
    client.terminate();
  });

  test('47: who asks on without reading is closed with 1008', async () => {
    const url = await run({});
    shop.title = 'x'.repeat(1_000_000);
    const { socket, opened, acknowledged, closed } = open(url);
    await opened;
    introduce(socket);
    await acknowledged;
    socket.pause();
    const ask = (id: number) =>
      socket.send(JSON.stringify({ id: `${id}`, type: 'subscribe', payload: { query: '{ products { title } }' } }));
    for (let id = 0; id < 40; id += 1) ask(id);
    await sleep(1_000);
    ask(40);
    await sleep(100);
    socket.resume();
    expect(await closed).toBe('1008 Answers are not read');
    shop.title = 'Teapot';
  });

  describe('slow requests', () => {
    const raw: Socket[] = [];
    const slowly = (url: string, text: string) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      raw.push(socket);
      let heard = '';
      socket.on('data', (chunk) => {
        heard += String(chunk);
      });
      // A byte every now and then does not help.
      const drip = setInterval(() => socket.write('x'), 40);
      socket.on('error', () => undefined);
      const ended = new Promise<string>((resolve) => {
        socket.on('close', () => {
          clearInterval(drip);
          resolve(heard.split('\r\n')[0] ?? '');
        });
      });
      socket.write(text);
      return ended;
    };
    afterEach(() => {
      for (const socket of raw.splice(0)) socket.destroy();
    });

    const head = (accept: string, length: number) =>
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\naccept: ${accept}\r\ncontent-length: ${length}\r\n\r\n`;

    test('47: slow headers and slow bodies are answered 408 and closed, of whatever kind of answer', async () => {
      const errors: unknown[] = [];
      const log = { info: () => {}, warn: () => {}, error: (details: object) => errors.push(details) };
      const url = await run({ headersMs: 300, requestMs: 600 }, { log });
      const begun = performance.now();
      const upgrade = 'GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nx-slow: ';
      expect(await Promise.all([slowly(url, 'POST /graphql HTTP/1.1\r\nx-slow: '), slowly(url, upgrade)])).toEqual([
        'HTTP/1.1 408 Request Timeout',
        'HTTP/1.1 408 Request Timeout',
      ]);
      expect(performance.now() - begun).toBeLessThan(1_500);
      const bodies = [NEWER, SSE, MULTIPART].map((accept) => slowly(url, `${head(accept, 10_000)}{"query": "`));
      expect(await Promise.all(bodies)).toEqual(bodies.map(() => 'HTTP/1.1 408 Request Timeout'));
      expect(performance.now() - begun).toBeLessThan(3_500);
      expect(errors).toEqual([]);
    });

    test('47: what has arrived in time may be answered for as long as it takes', async () => {
      const url = await run({ headersMs: 200, requestMs: 200 });
      const { body } = await stream(url, SSE);
      await sleep(900);
      shop.feed.set('a', 'SHIPPED');
      let text = '';
      for await (const chunk of body!) {
        text += Buffer.from(chunk).toString();
        if (text.includes('SHIPPED')) break;
      }
      expect(text).toContain('"status":"SHIPPED"');
    });
  });
});
