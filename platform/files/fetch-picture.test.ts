import dns from 'node:dns';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchPicture } from './fetch-picture.ts';
import { publicAgent } from './public-network.ts';

let server: Server;
let port: number;
/** Paths that were asked for: of a private server none may be. */
const asked: string[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const content = Buffer.from('the bytes of a picture');

const names = vi.hoisted(() => ({ table: new Map<string, string[][]>() }));
// Names that lead where a test says, at each look-up elsewhere if it says so.
vi.mock('node:dns', async (original) => {
  const real = await original<typeof dns>();
  const lookup = (name: string, options: object, done: (reason: Error | null, found: object[]) => void) => {
    const answers = names.table.get(name);
    if (!answers) return (real.lookup as unknown as (...given: unknown[]) => void)(name, options, done);
    const addresses = answers.length > 1 ? answers.shift()! : answers[0]!;
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { ...real, default: { ...real, lookup }, lookup };
});

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked.length = 0;
  answer = (_, response) => response.end(content);
  names.table.clear();
});

const within = { agent: publicAgent(['127.0.0.1']), limitBytes: 1000, timeoutMs: 1_000 };
const outside = { ...within, agent: publicAgent() };

describe('a picture by its address', () => {
  test('is fetched from where it may be, over redirects too', async () => {
    answer = ({ url }, response) =>
      url === '/picture' ? response.end(content) : response.writeHead(302, { location: '/picture' }).end();
    expect(await fetchPicture(`http://127.0.0.1:${port}/start`, within)).toEqual(content);
    expect(asked).toEqual(['/start', '/picture']);
  });

  test.each([
    ['this machine', () => `http://127.0.0.1:${port}/`],
    ['this machine by name', () => `http://localhost:${port}/`],
    ['this machine in one number', () => `http://2130706433:${port}/`],
    ['this machine in octal', () => `http://0177.0.0.1:${port}/`],
    ['this machine in hexadecimal', () => `http://0x7f.1:${port}/`],
    ['this machine in short', () => `http://127.1:${port}/`],
    ['any address', () => `http://0.0.0.0:${port}/`],
    ['this machine in IPv6', () => `http://[::1]:${port}/`],
    ['this machine in IPv6’s clothes', () => `http://[::ffff:127.0.0.1]:${port}/`],
    ['the metadata of the cloud', () => 'http://169.254.169.254/latest/meta-data/'],
    ['a private network', () => 'http://10.0.0.1/'],
    ['full-width digits', () => `http://１２７.０.０.１:${port}/`],
  ])('45: is not fetched from %s', async (_, address) => {
    await expect(fetchPicture(address(), outside)).rejects.toMatchObject({
      code: 'URL_REFUSED',
      message: expect.stringContaining('private network'),
    });
    expect(asked).toEqual([]);
  });

  test.each([
    'file:///etc/passwd',
    'ftp://a/b',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
    'goods/a.webp',
    '',
  ])('45: %j is no address to fetch from', async (address) => {
    await expect(fetchPicture(address, within)).rejects.toMatchObject({ code: 'URL_REFUSED' });
  });

  test('45: nor may it carry a password', async () => {
    await expect(fetchPicture(`http://me:secret@127.0.0.1:${port}/`, within)).rejects.toMatchObject({
      code: 'URL_REFUSED',
    });
    expect(asked).toEqual([]);
  });

  test('45: a name that leads to a private address is not followed, even if only one of its addresses is', async () => {
    names.table.set('inside.example', [['10.1.2.3']]);
    names.table.set('mixed.example', [['93.184.215.14', '127.0.0.1']]);
    for (const name of ['inside.example', 'mixed.example']) {
      await expect(fetchPicture(`http://${name}:${port}/`, outside)).rejects.toMatchObject({ code: 'URL_REFUSED' });
    }
    expect(asked).toEqual([]);
  });

  test('45: a name that was public when it was looked up first and is private at the connection is refused', async () => {
    // Allowed is 127.0.0.1 alone, so that it stands for a public address here, and 127.0.0.2 for a private one.
    names.table.set('rebinding.example', [['127.0.0.1'], ['127.0.0.2']]);
    answer = (_, response) =>
      response.writeHead(302, { location: `http://rebinding.example:${port}/again`, connection: 'close' }).end();
    await expect(fetchPicture(`http://rebinding.example:${port}/`, within)).rejects.toMatchObject({
      code: 'URL_REFUSED',
    });
    expect(asked).toEqual(['/']);
  });

  test.each([
    'http://127.0.0.2/',
    'http://[::1]/',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    '//10.0.0.1/x',
  ])('45: a redirect to %s is not followed', async (location) => {
    answer = (_, response) => response.writeHead(302, { location }).end();
    await expect(fetchPicture(`http://127.0.0.1:${port}/start`, within)).rejects.toMatchObject({ code: 'URL_REFUSED' });
    expect(asked).toEqual(['/start']);
  });

  test('45: redirects end', async () => {
    answer = (_, response) => response.writeHead(302, { location: '/again' }).end();
    await expect(fetchPicture(`http://127.0.0.1:${port}/`, within)).rejects.toMatchObject({ code: 'URL_REFUSED' });
    expect(asked).toHaveLength(4);
  });

  test.each([
    ['said', (response: ServerResponse) => response.writeHead(200, { 'content-length': 1e9 }).write('x')],
    ['not said', (response: ServerResponse) => void setInterval(() => response.write(Buffer.alloc(400)), 5).unref()],
  ])('45: more than may be is not read, whether its length is %s', async (_, send) => {
    let closed = false;
    answer = (_request, response) => {
      response.on('close', () => {
        closed = true;
      });
      send(response);
    };
    await expect(fetchPicture(`http://127.0.0.1:${port}/`, within)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await vi.waitFor(() => expect(closed).toBe(true));
  });

  test.each([
    ['says nothing', () => undefined],
    ['goes on for ever', (response: ServerResponse) => void setInterval(() => response.write('.'), 200).unref()],
  ])('45: a server that %s is not waited for', async (_, send) => {
    answer = (_request, response) => send(response);
    const since = performance.now();
    await expect(fetchPicture(`http://127.0.0.1:${port}/`, within)).rejects.toMatchObject({
      code: 'URL_UNREACHABLE',
      details: { again: true },
    });
    expect(performance.now() - since).toBeLessThan(2_000);
  });

  test.each([
    [404, false],
    [403, false],
    [304, false],
    [429, true],
    [503, true],
  ])('an answer of %i is told, and worth another try: %s', async (status, again) => {
    answer = (_, response) => response.writeHead(status).end();
    await expect(fetchPicture(`http://127.0.0.1:${port}/`, within)).rejects.toMatchObject({
      code: 'URL_UNREACHABLE',
      details: { again },
    });
  });

  test('a server that is not there, or hangs up, may be there later', async () => {
    const again = { code: 'URL_UNREACHABLE', details: { again: true } };
    await expect(fetchPicture('http://127.0.0.1:1/', within)).rejects.toMatchObject(again);
    answer = (_, response) => response.destroy();
    await expect(fetchPicture(`http://127.0.0.1:${port}/`, within)).rejects.toMatchObject(again);
  });
});
