import { type ExecutionResult, graphql, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '#platform/auth/viewer.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { inventoryAudit } from './contracts/inventory-audit.ts';
import { stockAdjust, stockCommit, stockLevels, stockRelease, stockReserve, stockRestock } from './contracts/stock.ts';
import { database } from './database.ts';
import { seedStock } from './seed-stock.ts';
import { inventory } from './subgraph.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
  await seedStock([
    { variantId: 'var_a', onHand: 3 },
    { variantId: 'var_b', onHand: 100 },
    { variantId: 'var_c', onHand: 10 },
    { variantId: 'var_d', onHand: 10 },
  ]);
});
afterAll(() => close());

const { schema } = await buildSubgraph(inventory);
const keeper: Viewer = { customerId: 'cus_1', scopes: ['inventory:read', 'inventory:write'], sessionId: 'ses_1' };
const shopper: Viewer = { customerId: 'cus_2', scopes: [], sessionId: 'ses_2' };

const as = (caller: string, viewer: Viewer | null = null) =>
  new Context('inventory', null as never, { viewer, caller });
const entities = async (answer: Promise<ExecutionResult>) => (await answer).data?._entities as object[];
const ask = (source: string, variableValues: object, context: Context) =>
  graphql({ schema, source, variableValues: variableValues as Record<string, unknown>, contextValue: context });

test('other subgraphs reserve and release by the contract, the router may not', async () => {
  const input = { orderId: 'ord_1', lines: [{ variantId: 'var_a', quantity: 2 }], seconds: 60 };
  const refused = await ask(stockReserve.query, { input }, as('router', keeper));
  expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  expect(await ask(stockReserve.query, { input }, as('orders'))).toEqual({
    data: { stockReserve: { held: true, shortages: [], backordered: null } },
  });
  const levels = await ask(stockLevels.query, { variantIds: ['var_a', 'var_b'] }, as('carts'));
  expect(levels.data?.stockLevels).toEqual([
    { variantId: 'var_a', available: 1, backorderable: false },
    { variantId: 'var_b', available: 100, backorderable: false },
  ]);
  const short = { ...input, orderId: 'ord_2' };
  expect((await ask(stockReserve.query, { input: short }, as('orders'))).data?.stockReserve).toEqual({
    held: false,
    backordered: null,
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

test('other subgraphs adjust, commit, restock and audit by the contract, the router may not', async () => {
  const lines = [{ variantId: 'var_c', quantity: 2 }];
  await ask(stockReserve.query, { input: { orderId: 'ord_3', lines, seconds: 60 } }, as('orders'));
  const steps = [
    [stockCommit.query, { orderId: 'ord_3' }, { stockCommit: { held: true } }],
    [
      stockAdjust.query,
      { input: { orderId: 'ord_3', adjustId: 'edit_1', lines: [{ variantId: 'var_c', quantity: 11 }] } },
      { stockAdjust: { held: false, shortages: [{ variantId: 'var_c', requested: 9, available: 8 }] } },
    ],
    [
      stockRestock.query,
      { input: { orderId: 'ord_3', returnId: 'ret_1', lines } },
      { stockRestock: { restocked: true } },
    ],
    [inventoryAudit.query, { since: '2000-01-01T00:00:00Z', until: '2999-01-01T00:00:00Z' }, { inventoryAudit: [] }],
  ] as const;
  for (const [source, variables, data] of steps) {
    expect((await ask(source, variables, as('router', keeper))).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    expect(await ask(source, variables, as('orders'))).toEqual({ data });
  }
  expect((await ask(stockLevels.query, { variantIds: ['var_c'] }, as('orders'))).data?.stockLevels).toMatchObject([
    { available: 10 },
  ]);
});

test('the audit tells of what is broken, and of what changed outside its window nothing', async () => {
  await database.prisma.stock.updateMany({ where: { variantId: 'var_c' }, data: { onHand: 11 } });
  await database.prisma.outbox.create({
    data: { id: 'evt_old', topic: 'inventory.stock-low.v1', consumer: 'x', payload: {}, createdAt: new Date(0) },
  });
  const audit = async (since: string, until: string) =>
    (await ask(inventoryAudit.query, { since, until }, as('operations'))).data?.inventoryAudit as object[];
  const outbox = { invariant: 'outbox', subject: 'evt_old' };
  expect(await audit('2000-01-01T00:00:00Z', '2999-01-01T00:00:00Z')).toMatchObject([
    { invariant: 'on-hand', subject: 'var_c@main', detail: '11 on hand, its journal comes to 12' },
    outbox,
  ]);
  expect(await audit('2000-01-01T00:00:00Z', '2001-01-01T00:00:00Z')).toMatchObject([outbox]);
  await database.prisma.stock.updateMany({ where: { variantId: 'var_c' }, data: { onHand: 12 } });
  await database.prisma.outbox.deleteMany();
});

test('staff see and set locations, levels, policy and journal page by page; nobody else does', async () => {
  const run = (source: string, viewer: Viewer | null = keeper) => ask(source, {}, as('router', viewer));
  const created = await run(`mutation { locationCreate(input: { id: "berlin", title: "Berlin", priority: 3 }) {
    location { id title priority } userErrors { code } } }`);
  expect(created.data?.locationCreate).toEqual({
    location: { id: 'berlin', title: 'Berlin', priority: 3 },
    userErrors: [],
  });
  await run(`mutation { locationUpdate(input: { id: "main", priority: 7 }) { userErrors { code } } }`);
  expect((await run('{ locations { id priority } }')).data?.locations).toEqual([
    { id: 'berlin', priority: 3 },
    { id: 'main', priority: 7 },
  ]);
  const set = await run(`mutation {
    stockSet(input: { variantId: "var_d", onHand: 2, location: "berlin" }) { userErrors { code } }
    stockPolicySet(input: { variantId: "var_d", backorderable: true, backorderLimit: 6, lowStockThreshold: 20 }) {
      variant { availability { quantity lowStock backorderable } } userErrors { code } }
    stockRebuild(variantId: "var_d") { variant { id } userErrors { code } } }`);
  expect(set.data).toMatchObject({
    stockPolicySet: {
      variant: { availability: { quantity: 12, lowStock: true, backorderable: true } },
      userErrors: [],
    },
    stockRebuild: { variant: { id: 'var_d' }, userErrors: [] },
  });
  const book = (
    after: string,
  ) => `{ _entities(representations: [{ __typename: "Variant", id: "var_d" }]) { ... on Variant {
    stockLevels { location { id } onHand reserved available }
    stockPolicy { backorderable backorderLimit lowStockThreshold }
    stockMovements(first: 1${after}) { nodes { change reason causeId location { title } } totalCount pageInfo { hasNextPage endCursor } } } } }`;
  const [first] = await entities(run(book('')));
  expect(first).toEqual({
    stockLevels: [
      { location: { id: 'berlin' }, onHand: 2, reserved: 0, available: 2 },
      { location: { id: 'main' }, onHand: 10, reserved: 0, available: 10 },
    ],
    stockPolicy: { backorderable: true, backorderLimit: 6, lowStockThreshold: 20 },
    stockMovements: {
      nodes: [{ change: 2, reason: 'SET', causeId: 'cus_1', location: { title: 'Berlin' } }],
      totalCount: 2,
      pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
    },
  });
  const { endCursor } = (first as { stockMovements: { pageInfo: { endCursor: string } } }).stockMovements.pageInfo;
  const [second] = await entities(run(book(`, after: "${endCursor}"`)));
  expect(second).toMatchObject({
    stockMovements: {
      nodes: [{ change: 10, reason: 'SEEDED', causeId: null, location: { title: 'Main warehouse' } }],
      pageInfo: { hasNextPage: false },
    },
  });
  for (const forged of ['["x"]', '[1.5]', '[{}]', 'x']) {
    const after = Buffer.from(forged).toString('base64url');
    expect((await run(book(`, after: "${after}"`))).errors?.[0]?.extensions.code, forged).toBe('BAD_USER_INPUT');
  }
  const denied = await run(book(''), shopper);
  expect(denied.data?._entities).toEqual([{ stockLevels: null, stockPolicy: null, stockMovements: null }]);
  expect(denied.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
});

test('44: ids with a NUL are unknown, not a fault', async () => {
  const nul = 'var_\0';
  const input = { variantId: nul, onHand: 1 };
  const answers = await Promise.all([
    ask(
      'mutation($input: StockSetInput!) { done: stockSet(input: $input) { userErrors { code } } }',
      { input },
      as('router', keeper),
    ),
    ask(
      'mutation($input: StockPolicySetInput!) { done: stockPolicySet(input: $input) { userErrors { code } } }',
      { input: { variantId: nul } },
      as('router', keeper),
    ),
    ask(
      'mutation($id: ID!) { done: stockRebuild(variantId: $id) { userErrors { code } } }',
      { id: nul },
      as('router', keeper),
    ),
    ask(
      'mutation($input: StockSetInput!) { done: stockSet(input: $input) { userErrors { code } } }',
      { input: { ...input, variantId: 'var_a', location: nul } },
      as('router', keeper),
    ),
    ask(
      'mutation($input: LocationUpdateInput!) { done: locationUpdate(input: $input) { userErrors { code } } }',
      { input: { id: nul, title: 'x' } },
      as('router', keeper),
    ),
  ]);
  const codeOf = ({ data }: ExecutionResult) =>
    (data as { done: { userErrors: { code: string }[] } }).done.userErrors[0]?.code;
  expect(answers.map(codeOf)).toEqual([
    'VARIANT_NOT_FOUND',
    'VARIANT_NOT_FOUND',
    'VARIANT_NOT_FOUND',
    'LOCATION_NOT_FOUND',
    'LOCATION_NOT_FOUND',
  ]);
  const levels = await ask(stockLevels.query, { variantIds: [nul] }, as('carts'));
  expect(levels.data?.stockLevels).toEqual([{ variantId: nul, available: 0, backorderable: false }]);
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
