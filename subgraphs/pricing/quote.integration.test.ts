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
