import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { send } from './send.ts';

test('a guest takes what the API keeps for everybody; who signed in has it asked anew', async () => {
  const heard: IncomingHttpHeaders[] = [];
  const api = createServer((request, response) => {
    heard.push(request.headers);
    request.resume().on('end', () => response.end('{"data":{"shop":{"name":"Souk"}}}'));
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('ROUTER_URL', `http://127.0.0.1:${(api.address() as AddressInfo).port}/graphql`);
  try {
    for (const headers of [{}, { authorization: 'Bearer token' }])
      expect(await send('{ shop { name } }' as never, {}, headers)).toEqual({ shop: { name: 'Souk' } });
  } finally {
    vi.unstubAllEnvs();
    api.close();
  }
  expect(heard.map((headers) => headers['cache-control'])).toEqual(['max-stale', 'no-cache']);
});
