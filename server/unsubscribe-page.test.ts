import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { unsubscribePage } from './unsubscribe-page.ts';

test('one click of a mail program ends the mails; a person is led to the page, and what only looks ends nothing', async () => {
  const ended: string[] = [];
  const page = unsubscribePage('https://souk.example', async (token) => {
    if (token === 'down') throw new Error('it is down');
    ended.push(token);
    return token === 'good.one';
  });
  const server = createServer((request, response) => void page(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const ask = async (method: string, token: string, body: string | null = null) => {
    const url = `http://127.0.0.1:${port}/unsubscribe?token=${token}`;
    const { status, headers } = await fetch(url, { method, body, redirect: 'manual' });
    return [status, headers.get('location')];
  };
  expect(await ask('GET', 'good.one')).toEqual([303, 'https://souk.example/unsubscribe?token=good.one']);
  expect((await ask('HEAD', 'good.one'))[0]).toBe(303);
  expect(ended).toEqual([]);
  expect(await ask('POST', 'good.one', 'List-Unsubscribe=One-Click')).toEqual([200, null]);
  expect(await ask('POST', 'bad')).toEqual([400, null]);
  expect(await ask('POST', 'down')).toEqual([503, null]);
  expect(await ask('DELETE', 'good.one')).toEqual([405, null]);
  expect(ended).toEqual(['good.one', 'bad']);
  server.close();
});
