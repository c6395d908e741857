import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

let echo: Server;
let proxy: FaultProxy;
const opened: Socket[] = [];

beforeEach(async () => {
  echo = createServer((socket) => void socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await startFaultProxy({ host: '127.0.0.1', port: (echo.address() as { port: number }).port });
});
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  await proxy.close();
  echo.close();
});

async function open(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
  opened.push(socket);
  await once(socket, 'connect');
  return socket;
}

const closing = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));

async function ask(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [chunk] = await once(socket, 'data');
  return String(chunk);
}

test('it passes on what comes, both ways', async () => {
  expect(await ask(await open(), 'hello')).toBe('hello');
});

test('delayed, an answer takes twice the delay, and no less', async () => {
  const socket = await open();
  proxy.delay(60);
  const began = performance.now();
  expect(await ask(socket, 'hello')).toBe('hello');
  expect(performance.now() - began).toBeGreaterThanOrEqual(118);
});

test('what came while it was delayed is passed on before what came after', async () => {
  const socket = await open();
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk;
  });
  proxy.delay(80);
  for (const letter of 'abc') {
    socket.write(letter);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  proxy.heal();
  for (const letter of 'def') {
    socket.write(letter);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await expect.poll(() => heard).toBe('abcdef');
});

test('cut, connections end at once and no new one lasts; healed, new ones work', async () => {
  const socket = await open();
  const closed = closing(socket);
  proxy.cut();
  await closed;
  const refused = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
  await closing(refused);
  proxy.heal();
  expect(await ask(await open(), 'again')).toBe('again');
});

test('frozen, connections stay and nothing passes; healed, they are ended and new ones work', async () => {
  const socket = await open();
  proxy.freeze();
  const young = await open();
  let heard = 0;
  for (const each of [socket, young]) each.on('data', () => heard++).write('anybody?');
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect([heard, socket.closed, young.closed]).toEqual([0, false, false]);
  const closed = Promise.all([closing(socket), closing(young)]);
  proxy.heal();
  await closed;
  expect(await ask(await open(), 'again')).toBe('again');
});
