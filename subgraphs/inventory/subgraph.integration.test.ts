import { type ExecutionResult, graphql, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '#platform/auth/viewer.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { stockLevels, stockRelease, stockReserve } from './contracts/stock.ts';
import { database } from './database.ts';
import { seedStock } from './seed-stock.ts';
import { inventory } from './subgraph.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
  await seedStock([
    { variantId: 'var_a', onHand: 3 },
    { variantId: 'var_b', onHand: 100 },
  ]);
});
afterAll(() => close());

const { schema } = await buildSubgraph(inventory);
const keeper: Viewer = { customerId: 'cus_1', scopes: ['inventory:write'], sessionId: 'ses_1' };
const shopper: Viewer = { customerId: 'cus_2', scopes: [], sessionId: 'ses_2' };

const as = (caller: string, viewer: Viewer | null = null) =>
  new Context('inventory', null as never, { viewer, caller });
const ask = (source: string, variableValues: object, context: Context) =>
  graphql({ schema, source, variableValues: variableValues as Record<string, unknown>, contextValue: context });

test('other subgraphs reserve and release by the contract, the router may not', async () => {
  const input = { orderId: 'ord_1', lines: [{ variantId: 'var_a', quantity: 2 }], expiresAt: '2999-01-01T00:00:00Z' };
  const refused = await ask(stockReserve.query, { input }, as('router', keeper));
  expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  expect(await ask(stockReserve.query, { input }, as('orders'))).toEqual({
    data: { stockReserve: { held: true, shortages: [] } },
  });
  const levels = await ask(stockLevels.query, { variantIds: ['var_a', 'var_b'] }, as('carts'));
  expect(levels.data?.stockLevels).toEqual([
    { variantId: 'var_a', available: 1, backorderable: false },
    { variantId: 'var_b', available: 100, backorderable: false },
  ]);
  const short = { ...input, orderId: 'ord_2' };
  expect((await ask(stockReserve.query, { input: short }, as('orders'))).data?.stockReserve).toEqual({
    held: false,
    shortages: [{ variantId: 'var_a', requested: 2, available: 1 }],
  });
  const released = await ask(stockRelease.query, { orderId: 'ord_1' }, as('orders'));
  expect(released.data?.stockRelease).toEqual({ released: true });
});

test('variants of a list cost one statement and unknown ones are null', async () => {
  const representations = ['var_b', 'var_unknown', 'var_a'].map((id) => ({ __typename: 'Variant', id }));
  const result = await ask(
    `query($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Variant { id availability { inStock quantity lowStock backorderable } } } }`,
    { representations },
    as('router'),
  );
  expect(result.data?._entities).toEqual([
    { id: 'var_b', availability: { inStock: true, quantity: 100, lowStock: false, backorderable: false } },
    null,
    { id: 'var_a', availability: { inStock: true, quantity: 3, lowStock: true, backorderable: false } },
  ]);
});

test('staff with the scope set stock; others are denied and nothing changes; refusals say which field', async () => {
  const set = `mutation($input: StockSetInput!) { stockSet(input: $input) {
    variant { id availability { quantity } } userErrors { code message path } } }`;
  const input = { variantId: 'var_b', onHand: 40 };
  const guest = await ask(set, { input }, as('router'));
  expect(guest.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  const denied = await ask(set, { input }, as('router', shopper));
  expect(denied.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  const stale = await ask(set, { input: { ...input, expectedOnHand: 99 } }, as('router', keeper));
  expect(stale.data?.stockSet).toEqual({
    variant: null,
    userErrors: [
      {
        code: 'STOCK_CHANGED',
        message: 'There are 100 on hand now; look again, then set it.',
        path: ['input', 'expectedOnHand'],
      },
    ],
  });
  const done = await ask(set, { input: { ...input, expectedOnHand: 100 } }, as('router', keeper));
  expect(done.data?.stockSet).toEqual({
    variant: { id: 'var_b', availability: { quantity: 40 } },
    userErrors: [],
  });
});

test('stockChanged answers the present stock first', async () => {
  const changes = (await subscribe({
    schema,
    document: parse('subscription { stockChanged(variantId: "var_a") { id availability { quantity } } }'),
    contextValue: as('router'),
  })) as AsyncGenerator<ExecutionResult>;
  expect((await changes.next()).value).toEqual({
    data: { stockChanged: { id: 'var_a', availability: { quantity: 3 } } },
  });
  await changes.return(undefined);
});
