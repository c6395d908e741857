import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import WebSocket from 'ws';
import { inProject } from '#platform/config/root.ts';
import { apiClient } from '#tests/program/api-client.ts';
import { fillCart, variantsInStock } from '#tests/program/shopper.ts';

/** What docs/mobile.md shows in JavaScript, as the app that copied it has it. */
interface App {
  signIn(email: string, password: string): Promise<{ accessToken: string; refreshToken: string }>;
  refresh(): Promise<{ accessToken: string; refreshToken: string }>;
  accessToken(): Promise<string | null>;
  ask(query: string, variables?: object, token?: string | null): Promise<Record<string, unknown>>;
  placeOrder(input: object): Promise<{
    order: { id: string; number: string } | null;
    accessToken: string | null;
    userErrors: { code: string }[];
  }>;
  followOrder(id: string, token: string | null, show: (order: { status: string }) => void): () => void;
  live: { dispose(): void | Promise<void> };
}

const { routerUrl } = inject('running');
const file = inProject('tests/artifacts/mobile', `${randomUUID()}.mjs`);
let app: App;

beforeAll(async () => {
  const text = await readFile(inProject('docs/mobile.md'), 'utf8');
  const shown = [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code).join('\n');
  const code = shown.replace('https://api.example.com/graphql', `${routerUrl}/graphql`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${code}\nexport { signIn, refresh, accessToken, ask, placeOrder, followOrder, live };\n`);
  // Phones and browsers bring one; Node 20 does not.
  Object.assign(globalThis, { WebSocket });
  app = await import(/* @vite-ignore */ pathToFileURL(file).href);
});

afterAll(async () => {
  await app?.live.dispose();
  await rm(file, { force: true });
});

test('the purchase of docs/mobile.md, by a guest, followed to DELIVERED', async () => {
  const api = apiClient(routerUrl);
  const [variant] = await variantsInStock(api);
  const cart = await fillCart(api, [{ variantId: variant!.id, quantity: 1 }]);
  const input = {
    cartId: cart.id,
    idempotencyKey: randomUUID(),
    expectedTotal: cart.cost.total.amount,
    payment: { token: 'pm_card_visa' },
  };
  const [placed, again] = await Promise.all([app.placeOrder(input), app.placeOrder(input)]);
  expect(placed).toMatchObject({ order: { number: expect.stringMatching(/^S-\d+$/) }, userErrors: [] });
  expect(again.order!.id).toBe(placed.order!.id);

  const statuses: string[] = [];
  await new Promise<void>((resolve) => {
    const stop = app.followOrder(placed.order!.id, placed.accessToken, ({ status }) => {
      statuses.push(status);
      if (status === 'DELIVERED') {
        stop();
        resolve();
      }
    });
  });
  expect(statuses).toEqual(['CONFIRMED', 'PREPARING', 'SHIPPED', 'OUT_FOR_DELIVERY', 'DELIVERED']);
});

test('the session of docs/mobile.md: signed in, refreshed, signed in still', async () => {
  const first = await app.signIn('shopper@souk.test', 'souk-demo-2026');
  expect(await app.accessToken()).toBe(first.accessToken);
  const second = await app.refresh();
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect(await app.ask('{ me { email } }', {}, await app.accessToken())).toEqual({
    me: { email: 'shopper@souk.test' },
  });
  await expect(app.signIn('shopper@souk.test', 'not the password')).rejects.toMatchObject({
    code: 'CREDENTIALS_INVALID',
  });
  expect(await app.accessToken()).toBeNull();
});
