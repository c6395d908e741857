import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { type QuoteInput, quote } from './contracts/quote.ts';
import { database } from './database.ts';
import { pricing } from './subgraph.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

const { schema } = await buildSubgraph(pricing);
const euros = (amount: string) => ({ amount, currency: 'EUR' });
const input: QuoteInput = {
  currency: 'EUR',
  lines: [
    {
      lineId: 'line_1',
      productId: 'prod_1',
      categoryIds: ['cat_1'],
      sellerId: 'sel_1',
      quantity: 2,
      unitPrice: euros('59.50'),
    },
  ],
  codes: [],
};

async function ask(changes: Partial<QuoteInput>, caller = 'carts') {
  const result = await graphql({
    schema,
    source: quote.query,
    variableValues: { input: { ...input, ...changes } },
    contextValue: new Context('pricing', null as never, { viewer: null, caller }),
  });
  return result.errors?.[0] ?? JSON.parse(JSON.stringify(result.data)).quote;
}

test('a cart without an address is an estimate with the tax of the shop’s country', async () => {
  expect(await ask({})).toEqual({
    lines: [{ lineId: 'line_1', discount: euros('0.00'), tax: euros('19.00'), total: euros('119.00') }],
    subtotal: euros('119.00'),
    discount: euros('0.00'),
    shipping: null,
    tax: euros('19.00'),
    taxIncluded: true,
    taxLines: [{ title: 'VAT', rate: '0.19', amount: euros('19.00') }],
    total: euros('119.00'),
    codes: [],
    isEstimate: true,
  });
});

test('country and shipping make it final; the tax is theirs, shipping included', async () => {
  expect(await ask({ country: 'FI', shipping: euros('12.55') })).toMatchObject({
    tax: euros('26.73'),
    taxLines: [{ title: 'VAT', rate: '0.255', amount: euros('26.73') }],
    total: euros('131.55'),
    isEstimate: false,
  });
});

test('outside the union the price stays and no tax is owed', async () => {
  expect(await ask({ country: 'CH', shipping: euros('12.50') })).toMatchObject({
    tax: euros('0.00'),
    taxLines: [],
    total: euros('131.50'),
    isEstimate: false,
  });
});

test('all 27 member states have a rate', async () => {
  const rows = await database.prisma.taxRate.findMany();
  expect(new Set(rows.map(({ country }) => country)).size).toBe(27);
});

const STAFF = { customerId: 'cus_staff', sessionId: 'ses_1', scopes: ['taxes:write'] };
// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects, exactly.
async function setTax(wish: object): Promise<any> {
  const source = `mutation($input: TaxRateInput!) { taxRateSet(input: $input) {
    taxRate { country categoryId title rate included } userErrors { code path } } }`;
  const contextValue = new Context('pricing', null as never, { viewer: STAFF, caller: 'router' });
  const { data, errors } = await graphql({ schema, source, variableValues: { input: wish }, contextValue });
  if (errors) throw errors[0];
  return JSON.parse(JSON.stringify(data)).taxRateSet;
}

test('goods of a category have its tax, of the nearest that has one, from its day on', async () => {
  const reduced = { country: 'AT', categoryId: 'cat_food', title: 'VAT', rate: '0.1' };
  expect(await setTax(reduced)).toEqual({ taxRate: { ...reduced, included: null }, userErrors: [] });
  await setTax({ ...reduced, rate: '0.99', validFrom: '2100-01-01T00:00:00Z' });
  await setTax({ ...reduced, categoryId: 'cat_wine', rate: '0.13' });
  const [first] = input.lines;
  const line = (lineId: string, categoryIds: string[]) => ({
    ...{ ...first!, lineId, categoryIds, quantity: 1, unitPrice: euros('110.00') },
  });
  const lines = [line('a', ['cat_food']), line('b', ['cat_wine', 'cat_food']), line('c', ['cat_cups'])];
  const priced = await ask({ country: 'AT', lines, shipping: euros('12.00') });
  expect(priced.lines.map(({ tax }: { tax: { amount: string } }) => tax.amount)).toEqual(['10.00', '12.65', '18.33']);
  expect(priced.taxLines).toEqual([
    { title: 'VAT', rate: '0.2', amount: euros('20.33') },
    { title: 'VAT', rate: '0.13', amount: euros('12.65') },
    { title: 'VAT', rate: '0.1', amount: euros('10.00') },
  ]);
  expect([priced.tax, priced.total]).toEqual([euros('42.98'), euros('342.00')]);
});

test('where prices do not contain the tax it comes on top', async () => {
  const tax = { country: 'CA', title: 'GST', rate: '0.05', included: false };
  expect(await setTax(tax)).toMatchObject({ taxRate: tax });
  expect(await ask({ country: 'CA', shipping: euros('10.00') })).toMatchObject({
    ...{ taxIncluded: false, subtotal: euros('119.00'), tax: euros('6.45'), total: euros('135.45') },
    lines: [{ tax: euros('5.95'), total: euros('119.00') }],
  });
  expect(await setTax({ ...tax, rate: '0' })).toMatchObject({ taxRate: { rate: '0' } });
  expect(await ask({ country: 'CA', shipping: euros('10.00') })).toMatchObject({
    total: euros('129.00'),
    taxLines: [],
  });
});

test.each([
  ['RATE_INVALID', 'rate', { rate: '1.01' }],
  ['RATE_INVALID', 'rate', { rate: '0.00001' }],
  ['TITLE_INVALID', 'title', { title: '\0' }],
  ['CATEGORY_INVALID', 'categoryId', { categoryId: '' }],
  ['INCLUDED_INVALID', 'included', { categoryId: 'cat_1', included: false }],
])('%s names %s', async (code, field, wish) => {
  const answer = await setTax({ country: 'JP', title: 'Tax', rate: '0.1', ...wish });
  expect(answer).toEqual({ taxRate: null, userErrors: [{ code, path: ['input', field] }] });
});

test('other currencies, fractions of a cent, negative prices, no quantity and the router are refused', async () => {
  const [line] = input.lines;
  for (const changes of [
    { currency: 'USD' },
    { shipping: { amount: '1.00', currency: 'USD' } },
    { shipping: euros('1.001') },
    { lines: [{ ...line!, unitPrice: euros('-1.00') }] },
    { lines: [{ ...line!, quantity: 0 }] },
  ]) {
    expect(await ask(changes)).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  }
  expect(await ask({}, 'router')).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
});
