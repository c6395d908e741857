import { type Client, createClient } from 'graphql-ws';
import { afterAll, expect, inject, test } from 'vitest';
import WebSocket from 'ws';
import { apiClient } from '#tests/program/api-client.ts';
import { buy, variantsInStock } from '#tests/program/shopper.ts';

const { routerUrl } = inject('running');
const SUBSCRIBERS = 5_000;
const A_SOCKET = 50;
const WAY = ['CONFIRMED', 'PREPARING', 'SHIPPED', 'OUT_FOR_DELIVERY', 'DELIVERED'];
const clients: Client[] = [];

afterAll(() => Promise.all(clients.map((client) => client.dispose())));

const newClient = (): Client => {
  const client = createClient({
    url: `${routerUrl.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazyCloseTimeout: 1_000,
  });
  clients.push(client);
  return client;
};

test(`29: ${SUBSCRIBERS} subscribers of one order each hear its status now and every later one, in order and none twice`, async () => {
  const api = apiClient(routerUrl);
  const [variant] = await variantsInStock(api);
  const { order, accessToken } = await buy(api, [{ variantId: variant!.id, quantity: 1 }], 'many@example.com');
  const follow = (client: Client) =>
    new Promise<string[]>((resolve, reject) => {
      const heard: string[] = [];
      client.subscribe<{ orderUpdated: { status: string } }>(
        {
          query:
            'subscription($id: ID!, $accessToken: String) { orderUpdated(id: $id, accessToken: $accessToken) { status } }',
          variables: { id: order.id, accessToken },
        },
        {
          next: ({ data }) => void heard.push(data!.orderUpdated.status),
          error: reject,
          complete: () => resolve(heard),
        },
      );
    });
  const all = Array.from({ length: SUBSCRIBERS / A_SOCKET }, newClient).flatMap((client) =>
    Array.from({ length: A_SOCKET }, () => follow(client)),
  );
  // Whoever came late begins with what was true then: each history is an end of the way, with nothing left out.
  const histories = new Map<string, number>();
  for (const heard of await Promise.all(all)) {
    const key = heard.join(' ');
    histories.set(key, (histories.get(key) ?? 0) + 1);
  }
  const possible = WAY.map((_, i) => WAY.slice(i).join(' '));
  expect([...histories.keys()].filter((key) => !possible.includes(key))).toEqual([]);
  expect([...histories.values()].reduce((sum, n) => sum + n, 0)).toBe(SUBSCRIBERS);
}, 120_000);
