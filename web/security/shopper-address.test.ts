import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { noteAddresses } from './note-addresses.ts';
import { addressHeader } from './shopper-address.ts';

test('the address that a request came from stands last, whatever the request says', async () => {
  noteAddresses();
  const server = createServer((request, response) => response.end(request.headers['x-forwarded-for']));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const told = async (headers: Record<string, string>) => (await fetch(url, { headers })).text();
  expect(await told({})).toBe('127.0.0.1');
  expect(await told({ 'x-forwarded-for': '203.0.113.9, 10.0.0.7' })).toBe('203.0.113.9, 10.0.0.7, 127.0.0.1');
  server.close();
});

test('the router is told of it, and of nothing where nothing is known', () => {
  expect(addressHeader(new Headers({ 'x-forwarded-for': '203.0.113.9, 10.0.0.7' }))).toEqual({
    'x-forwarded-for': '203.0.113.9, 10.0.0.7',
  });
  expect(addressHeader(new Headers())).toEqual({});
});
