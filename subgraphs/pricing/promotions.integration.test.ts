import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { brokenPromotions } from './audit-codes.ts';
import { codesRedeem, codesRelease } from './contracts/codes.ts';
import { quote } from './contracts/quote.ts';
import { database } from './database.ts';
import { pricing } from './subgraph.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

const { schema } = await buildSubgraph(pricing);
const STAFF = { customerId: 'cus_staff', sessionId: 'ses_1', scopes: ['promotions:write'] };
const euros = (amount: string) => ({ amount, currency: 'EUR' });

async function ask(source: string, variables: object, caller = 'orders', viewer: typeof STAFF | null = null) {
  const contextValue = new Context('pricing', null as never, { viewer, caller });
  const result = await graphql({ schema, source, variableValues: variables as Record<string, unknown>, contextValue });
  if (result.errors) throw new Error(String(result.errors[0]!.extensions.code ?? result.errors[0]!.message));
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects, exactly.
  return Object.values(JSON.parse(JSON.stringify(result.data)))[0] as any;
}

const FIELDS = 'id code title percentOff amountOff { amount } freeShipping timesUsed usageLimit endsAt';
const create = (input: object, viewer: typeof STAFF | null = STAFF) =>
  ask(
    `mutation($input: PromotionInput!) { promotionCreate(input: $input) { promotion { ${FIELDS} } userErrors { code path } } }`,
    { input: { title: 'A welcome', ...input } },
    'router',
    viewer,
  );
const newCode = () => newId('c').slice(-12).toUpperCase();
async function coded(input: object = { percentOff: '10' }): Promise<string> {
  const code = newCode();
  expect((await create({ code, ...input })).userErrors).toEqual([]);
  return code;
}
const priced = (codes: string[], more: object = {}) =>
  ask(
    quote.query,
    {
      input: {
        currency: 'EUR',
        lines: [
          { lineId: 'l', productId: 'p', categoryIds: [], sellerId: 's', quantity: 2, unitPrice: euros('50.00') },
        ],
        codes,
        ...more,
      },
    },
    'carts',
  );
const redeem = (orderId: string, codes: string[], email = `${orderId}@example.com`, customerId: string | null = null) =>
  ask(codesRedeem.query, { input: { orderId, customerId, email, codes } });
const release = (orderId: string) => ask(codesRelease.query, { orderId });
const used = async (code: string) => (await database.prisma.promotion.findUnique({ where: { code } }))!.timesUsed;
const newOrder = () => newId('ord');

test('staff makes a promotion, whose code makes a cart cheaper however it is typed', async () => {
  const code = newCode();
  const { promotion, userErrors } = await create({ code: ` ${code.toLowerCase()} `, percentOff: '12.5' });
  expect(userErrors).toEqual([]);
  expect(promotion).toMatchObject({ code, title: 'A welcome', percentOff: '12.5', amountOff: null, timesUsed: 0 });
  expect(await priced([code.toLowerCase()])).toMatchObject({
    discount: euros('12.50'),
    total: euros('87.50'),
    lines: [{ discount: euros('12.50'), total: euros('87.50') }],
    codes: [{ code, applicable: true, reason: null }],
  });
  expect((await create({ code, percentOff: '5' })).userErrors).toEqual([
    { code: 'CODE_TAKEN', path: ['input', 'code'] },
  ]);
  await expect(create({ percentOff: '5' }, null)).rejects.toThrow('UNAUTHENTICATED');
});

test('buy two, get one of a category, exclusive, as staff makes it', async () => {
  const code = newCode();
  const made = await ask(
    `mutation($input: PromotionInput!) { promotionCreate(input: $input) {
      promotion { percentOff buyQuantity getQuantity productIds categoryIds combines exclusive priority } userErrors { code } } }`,
    { input: { code, title: 'Three for two', buyQuantity: 2, categoryIds: ['cat_tea'], exclusive: true, priority: 7 } },
    'router',
    STAFF,
  );
  expect(made).toEqual({
    promotion: {
      ...{ percentOff: '100', buyQuantity: 2, getQuantity: 1, productIds: [], categoryIds: ['cat_tea'] },
      ...{ combines: false, exclusive: true, priority: 7 },
    },
    userErrors: [],
  });
  const better = await coded({ percentOff: '90' });
  const tea = (quantity: number, categoryIds: string[]) => ({
    lines: [{ lineId: 'l', productId: 'p', categoryIds, sellerId: 's', quantity, unitPrice: euros('5.00') }],
  });
  expect(await priced([code, better], tea(3, ['cat_green', 'cat_tea']))).toMatchObject({
    discount: euros('5.00'),
    codes: [{ applicable: true }, { applicable: false }],
  });
  expect((await priced([code], tea(2, ['cat_tea']))).codes).toMatchObject([
    { applicable: false, reason: expect.stringContaining('needs 3 of the goods') },
  ]);
  expect((await priced([code], tea(3, ['cat_coffee']))).discount).toEqual(euros('0.00'));
});

test('one without a code works by itself, until it is ended', async () => {
  const floor = euros('100.00');
  const { promotion } = await create({ freeShipping: true, minimumSubtotal: floor });
  const shipping = euros('4.90');
  expect(await priced([], { shipping })).toMatchObject({ shipping: euros('0.00'), total: euros('100.00') });
  const end = 'mutation($id: ID!) { promotionEnd(id: $id) { promotion { endsAt } userErrors { code } } }';
  expect((await ask(end, { id: promotion.id }, 'router', STAFF)).promotion.endsAt).toEqual(expect.any(String));
  expect(await priced([], { shipping })).toMatchObject({ shipping });
  expect((await ask(end, { id: 'promo_\0' }, 'router', STAFF)).userErrors).toEqual([{ code: 'PROMOTION_NOT_FOUND' }]);
});

test.each([
  ['CODE_INVALID', 'code', { code: 'x y', percentOff: '5' }],
  ['TITLE_INVALID', 'title', { title: ' ', percentOff: '5' }],
  ['AMOUNT_INVALID', 'percentOff', {}],
  ['AMOUNT_INVALID', 'percentOff', { percentOff: '5', amountOff: euros('1') }],
  ['AMOUNT_INVALID', 'percentOff', { percentOff: '100.01' }],
  ['AMOUNT_INVALID', 'percentOff', { percentOff: '0' }],
  ['AMOUNT_INVALID', 'amountOff', { amountOff: { amount: '5', currency: 'USD' } }],
  ['AMOUNT_INVALID', 'amountOff', { amountOff: euros('-5') }],
  ['AMOUNT_INVALID', 'minimumSubtotal', { percentOff: '5', minimumSubtotal: euros('0') }],
  ['LIMIT_INVALID', 'usageLimit', { percentOff: '5', usageLimit: 3 }],
  ['LIMIT_INVALID', 'usageLimit', { code: 'ABCDEF', percentOff: '5', usageLimit: 0 }],
  ['PERIOD_INVALID', 'endsAt', { percentOff: '5', startsAt: '2026-01-02T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' }],
  ['AMOUNT_INVALID', 'getQuantity', { percentOff: '5', getQuantity: 1 }],
  ['AMOUNT_INVALID', 'buyQuantity', { buyQuantity: 0 }],
  ['AMOUNT_INVALID', 'percentOff', { buyQuantity: 2, amountOff: euros('1') }],
  ['GOODS_INVALID', 'productIds', { percentOff: '5', productIds: ['prod_\0'] }],
  ['STACKING_INVALID', 'exclusive', { percentOff: '5', exclusive: true, combines: true }],
  ['STACKING_INVALID', 'priority', { percentOff: '5', priority: 1_001 }],
])('%s names %s: %j', async (code, field, input) => {
  expect((await create(input)).userErrors).toEqual([{ code, path: ['input', field] }]);
});

test('a code that is unknown, early, over, used up, used by this customer or not worth it says so', async () => {
  const [early, over] = [
    await coded({ percentOff: '10', startsAt: '2100-01-01T00:00:00Z' }),
    await coded({ percentOff: '10', endsAt: '2020-01-01T00:00:00Z' }),
  ];
  const [once, each] = [
    await coded({ percentOff: '10', usageLimit: 1 }),
    await coded({ percentOff: '10', usageLimitPerCustomer: 1 }),
  ];
  const [high, better] = [
    await coded({ percentOff: '10', minimumSubtotal: euros('100.01') }),
    await coded({ percentOff: '20' }),
  ];
  await redeem(newOrder(), [once, each], 'ada@example.com');
  const asked = ['NOBODY-KNOWS', early, over, once, each, high];
  const { codes, discount } = await priced([...asked, better], { email: 'ADA@example.com' });
  expect(discount).toEqual(euros('20.00'));
  expect(codes.map(({ applicable }: { applicable: boolean }) => applicable)).toEqual([...asked.map(() => false), true]);
  expect(codes.map(({ reason }: { reason: string | null }) => reason?.slice(0, 22) ?? null)).toEqual([
    ...['We do not know this co', 'This code is not good ', 'This code has expired.', 'This code has been use'],
    ...['You have used this cod', 'This code needs goods ', null],
  ]);
  expect((await priced([each], { email: 'bob@example.com' })).codes).toMatchObject([{ applicable: true }]);
  // An order that holds them keeps its discount when it is priced again.
  expect((await priced([once, over], { email: 'ada@example.com', codesAreHeld: true })).discount).toEqual(
    euros('10.00'),
  );
});

test('a limit of three holds against thirty orders at once, and what is given back can be had again', async () => {
  const code = await coded({ percentOff: '10', usageLimit: 3 });
  const orders = Array.from({ length: 30 }, newOrder);
  const answers = await Promise.all(orders.map((order) => redeem(order, [code])));
  const held = orders.filter((_, i) => answers[i].redeemed);
  expect([held.length, await used(code)]).toEqual([3, 3]);
  expect(answers.find(({ redeemed }) => !redeemed).refused).toEqual([
    { code, reason: expect.stringContaining('used up meanwhile') },
  ]);
  await release(held[0]!);
  expect((await redeem(newOrder(), [code])).redeemed).toBe(true);
  expect(await used(code)).toBe(3);
});

test('one a customer holds against ten orders at once, by e-mail or by account', async () => {
  const code = await coded({ percentOff: '10', usageLimitPerCustomer: 1 });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      redeem(newOrder(), [code], i % 2 ? 'Ada@x.test' : `a${i}@x.test`, i % 2 ? null : 'cus_1'),
    ),
  );
  expect(answers.filter(({ redeemed }) => redeemed)).toHaveLength(2);
  expect(await used(code)).toBe(2);
});

test('redeeming is once an order however often it is asked, and nothing is taken where one code is refused', async () => {
  const [code, gone] = [await coded(), await coded({ percentOff: '10', usageLimit: 1 })];
  const order = newOrder();
  const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(order, [code])));
  expect(answers.map(({ redeemed }) => redeemed)).toEqual(Array(8).fill(true));
  expect(await used(code)).toBe(1);
  await redeem(newOrder(), [gone]);
  const refused = newOrder();
  expect((await redeem(refused, [code, gone])).redeemed).toBe(false);
  expect([await used(code), await database.prisma.redemption.count({ where: { orderId: refused } })]).toEqual([1, 0]);
});

test('a release before, after, twice and beside a redeeming leaves nothing taken', async () => {
  const code = await coded();
  const early = newOrder();
  await release(early);
  expect(await redeem(early, [code])).toEqual({ redeemed: false, refused: [] });
  for (let i = 0; i < 10; i++) {
    const order = newOrder();
    await Promise.all([redeem(order, [code]), release(order), release(order)]);
  }
  expect([await used(code), await database.prisma.redemption.count({ where: { promotion: { code } } })]).toEqual([
    0, 0,
  ]);
});

test('the auditor tells of a code that is used beyond a limit, or another number of times than it says', async () => {
  const code = await coded({ percentOff: '10', usageLimit: 3, usageLimitPerCustomer: 1 });
  const { id } = (await database.prisma.promotion.findUnique({ where: { code } }))!;
  const found = async () =>
    (await brokenPromotions(new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)))
      .filter(({ subject }) => subject === id)
      .map(({ invariant, detail }) => `${invariant}: ${detail}`);
  await redeem(newOrder(), [code], 'eve@x.test', 'cus_eve');
  expect(await found()).toEqual([]);
  const again = { orderId: newOrder(), promotionId: id, email: 'other@x.test', customerId: 'cus_eve' };
  await database.prisma.redemption.create({ data: again });
  expect((await found()).sort()).toEqual([
    'times-per-customer: used 2 times by one customer, limit 1',
    'times-used: counted 1 times, held by 2 orders, limit 3',
  ]);
  await database.prisma.redemption.delete({
    where: { orderId_promotionId: { orderId: again.orderId, promotionId: id } },
  });
  expect(await found()).toEqual([]);
});
