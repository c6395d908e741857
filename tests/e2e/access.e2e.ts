import { readFile } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { apiClient } from '#tests/program/api-client.ts';
import { buy, signIn, variantsInStock } from '#tests/program/shopper.ts';

const { routerUrl, shape } = inject('running');
const api = apiClient(routerUrl);

const ORDER =
  'query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) { id email payments { id } fulfillments { id } } }';

test("39: another customer's order, address, cart and subscription are the same as ones that do not exist", async () => {
  const [variant] = await variantsInStock(api);
  const { order, accessToken } = await buy(api, [{ variantId: variant!.id, quantity: 1 }]);
  const stranger = apiClient(routerUrl, await signIn(api, 'shopper@souk.test'));
  const missing = await api.send(ORDER, { id: 'ord_00000000000000000000000000' });
  expect(missing).toEqual({ data: { order: null } });
  expect(await api.send(ORDER, { id: order.id })).toEqual(missing);
  expect(await stranger.send(ORDER, { id: order.id })).toEqual(missing);
  expect(await stranger.send(ORDER, { id: order.id, accessToken: `${accessToken}x` })).toEqual(missing);
  expect(await api.send(ORDER, { id: order.id, accessToken })).toMatchObject({
    data: { order: { id: order.id, payments: [{ id: expect.any(String) }] } },
  });

  const follow = async (client: typeof api, id: string, token?: string) => {
    const events: unknown[] = [];
    for await (const event of client.follow(
      'subscription($id: ID!, $accessToken: String) { orderUpdated(id: $id, accessToken: $accessToken) { id } }',
      { id, accessToken: token },
    ))
      events.push(event);
    return events;
  };
  const nothing = await follow(api, 'ord_00000000000000000000000000');
  expect(nothing).toEqual([{ data: { orderUpdated: null } }]);
  expect(await follow(stranger, order.id)).toEqual(nothing);
  expect(await follow(api, order.id, 'wrong')).toEqual(nothing);
});

test("39: a customer's claimed cart does not exist for others", async () => {
  const owner = apiClient(routerUrl, await signIn(api, 'shopper@souk.test'));
  const [variant] = await variantsInStock(api);
  const { cartCreate } = await owner.ask<{ cartCreate: { cart: { id: string } } }>(
    'mutation($input: CartCreateInput) { cartCreate(input: $input) { cart { id } } }',
    { input: { lines: [{ variantId: variant!.id, quantity: 1 }] } },
  );
  const read = 'query($id: ID!) { cart(id: $id) { id } }';
  expect(await owner.send(read, { id: cartCreate.cart.id })).toEqual({ data: { cart: { id: cartCreate.cart.id } } });
  expect(await api.send(read, { id: cartCreate.cart.id })).toEqual({ data: { cart: null } });
  const change = await api.ask<{ cartNoteUpdate: { userErrors: { code: string }[] } }>(
    'mutation($input: CartNoteUpdateInput!) { cartNoteUpdate(input: $input) { userErrors { code } } }',
    { input: { cartId: cartCreate.cart.id, note: 'mine' } },
  );
  expect(change.cartNoteUpdate.userErrors).toEqual([{ code: 'CART_NOT_FOUND' }]);
});

test('38: internal fields are not in the graph, and identity headers from outside change nothing', async () => {
  const forged = await fetch(`${routerUrl}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-user': 'cus_1',
      'x-souk-viewer': '{"scopes":["orders:read"]}',
      'souk-identity': 'admin',
    },
    body: JSON.stringify({ query: '{ me { id } orders { totalCount } }' }),
  });
  const answer = (await forged.json()) as {
    data: { me: null; orders: null };
    errors: { extensions: { code: string } }[];
  };
  expect(answer.data).toEqual({ me: null, orders: null });
  expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  for (const query of [
    '{ ordersForMail(ids: ["x"]) { email } }',
    '{ _service { sdl } }',
    '{ _entities(representations: []) { __typename } }',
    'mutation { stockRelease(orderId: "x") { released } }',
  ]) {
    const { errors, data } = await api.send(query);
    expect([data, errors?.[0]?.extensions?.code]).toEqual([undefined, 'GRAPHQL_VALIDATION_FAILED']);
  }
});

test("38: a subgraph answers nothing without the router's token", async () => {
  // In one process there is no door but the router's: nothing listens for a subgraph.
  const { ports } = inject('running');
  if (shape === 'all') {
    await Promise.all(
      Object.values(ports).map((port) => expect(fetch(`http://127.0.0.1:${port}/graphql`)).rejects.toThrow()),
    );
    return;
  }
  for (const [name, port] of Object.entries(ports)) {
    for (const headers of [{}, { authorization: 'Bearer forged' }]) {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"query":"{ _service { sdl } }"}',
      });
      expect([name, response.status]).toEqual([name, 401]);
    }
  }
});

test('UNAUTHENTICATED: a bad access token is told, not ignored', async () => {
  const response = await fetch(`${routerUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' },
    body: '{"query":"{ shop { name } }"}',
  });
  expect(response.status).toBe(401);
});

test('37: the storefront is held to the operations of its build, and others ask what they like', async () => {
  const post = async (body: object, client?: string) => {
    const response = await fetch(`${routerUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(client && { 'apollographql-client-name': client }) },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { data?: { shop: unknown }; errors?: { extensions: { code: string } }[] };
  };
  const manifest = JSON.parse(await readFile(inProject('web/generated/persisted-query-manifest.json'), 'utf8'));
  const { id } = manifest.operations.find(({ name }: { name: string }) => name === 'CategoryTree');
  const byId = { extensions: { persistedQuery: { version: 1, sha256Hash: id } } };
  for (const client of ['storefront', undefined]) expect((await post(byId, client)).errors).toBeUndefined();
  const outside = { query: '{ shop { name } }' };
  expect((await post(outside)).data?.shop).toEqual({ name: expect.any(String) });
  const refused = await post(outside, 'storefront');
  expect(refused.data).toBeUndefined();
  expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(['QUERY_NOT_IN_SAFELIST']);
});
