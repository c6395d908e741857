import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { post, type Running, runShop, type Shape } from './testing/shapes.ts';
import { TestShop } from './testing/test-shop.ts';

const DEEP = /* GraphQL */ `
  query Deep($currency: String) {
    order(id: "o1") { id status placedAt lines { quantity product { upc title price(currency: $currency) seenBy } } }
    products { title }
  }
`;
const UNAVAILABLE = {
  message: 'A part of this service cannot be reached just now; what it answers is missing.',
  extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
};

describe.each<Shape>(['local', 'http'])('the router over the %s transport', (shape) => {
  let shop: TestShop;
  let running: Running;
  beforeAll(async () => {
    shop = new TestShop();
    shop.feed.set('o1', 'CONFIRMED');
    running = await runShop(shape, shop);
  });
  afterAll(() => running.close());

  test('joins the fields of two subgraphs, on behalf of the viewer', async () => {
    const headers = { authorization: 'Bearer cus_1', 'x-customer-id': 'cus_2', 'x-user': 'cus_2' };
    const line = (n: number) => ({
      quantity: n,
      product: { upc: `p${n}`, title: `Teapot p${n}`, price: '9.99 USD', seenBy: 'cus_1' },
    });
    expect(await post(running.url, DEEP, { variables: { currency: 'USD' }, headers })).toMatchObject({
      status: 200,
      body: {
        data: {
          order: { id: 'o1', status: 'CONFIRMED', placedAt: '2026-11-21T08:00:00.000Z', lines: [line(1), line(2)] },
          products: [{ title: 'Teapot p1' }, { title: 'Teapot p2' }],
        },
      },
    });
  });

  test('answers the same twice: what it merges into an answer stays out of the subgraphs', async () => {
    const [first, second] = [await post(running.url, DEEP), await post(running.url, DEEP)];
    expect(second.body).toEqual(first.body);
    expect(second.body.errors).toBeUndefined();
  });

  test('38: drops identity headers from outside', async () => {
    const headers = { 'x-souk-identity': '{"customerId":"cus_9"}', 'x-customer-id': 'cus_9' };
    expect((await post(running.url, '{ whoAmI }', { headers })).body).toEqual({ data: { whoAmI: 'guest by router' } });
  });

  test('masks faults twice over, and lets through what was said to the caller', async () => {
    const { status, body } = await post(running.url, '{ whoAmI broken brokenBadly denied }');
    expect(status).toBe(200);
    expect(body.data).toEqual({ whoAmI: 'guest by router', broken: null, brokenBadly: null, denied: null });
    expect(body.errors).toEqual([
      { message: 'Something went wrong on our side.', path: ['broken'], extensions: { code: 'INTERNAL' } },
      { message: 'Something went wrong on our side.', path: ['brokenBadly'], extensions: { code: 'INTERNAL' } },
      { message: 'This needs the scope orders:read.', path: ['denied'], extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  test('names no subgraph, where one subgraph misses another', async () => {
    const { body } = await post(running.url, '{ beyond }');
    expect(body).toEqual({ data: { beyond: null }, errors: [{ ...UNAVAILABLE, path: ['beyond'] }] });
  });

  test('says what is wrong with a value that only the subgraph can judge', async () => {
    const { body } = await post(running.url, 'query ($time: DateTime!) { at(time: $time) }', {
      variables: { time: 'tomorrow' },
    });
    expect(body.data).toEqual({ at: null });
    expect(body.errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT' });
    expect(body.errors[0].message).toContain('DateTime must be RFC 3339');
  });

  test('hides internal fields, and suggests nothing', async () => {
    const { status, body } = await post(running.url, '{ internalSecre }');
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([
      {
        message: 'Cannot query field "internalSecre" on type "Query".',
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      },
    ]);
    expect((await post(running.url, '{ internalSecret }')).status).toBe(400);
    expect((await post(running.url, '{ whoAm }')).body.errors[0].message).toBe(
      'Cannot query field "whoAm" on type "Query".',
    );
  });

  test('runs a mutation once', async () => {
    const before = shop.calls.place;
    const { body } = await post(
      running.url,
      'mutation { orderPlace(id: "o2") { status lines { product { title } } } }',
    );
    expect(body.data.orderPlace.status).toBe('CONFIRMED');
    expect(body.data.orderPlace.lines).toHaveLength(2);
    expect(shop.calls.place).toBe(before + 1);
  });
});

describe.each<Shape>(['local', 'http'])('with a subgraph down, over the %s transport', (shape) => {
  let running: Running | undefined;
  afterEach(() => running?.close());

  test('its fields are null with one masked error, and the rest is served', async () => {
    const shop = new TestShop();
    shop.feed.set('o1', 'CONFIRMED');
    running = await runShop(shape, shop, { missing: ['catalog'] });
    const { status, body } = await post(running.url, DEEP);
    expect(status).toBe(200);
    expect(body.data.order).toMatchObject({
      id: 'o1',
      lines: [
        { quantity: 1, product: null },
        { quantity: 2, product: null },
      ],
    });
    expect(body.data.products).toBeNull();
    expect(body.errors).toEqual([UNAVAILABLE]);
  });
});
