import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExecutionResult, graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { exchangeRates } from './contracts/exchange-rates.ts';
import { fixedPrices } from './contracts/fixed-prices.ts';
import { quote } from './contracts/quote.ts';
import { database } from './database.ts';
import { renewRates } from './fetch-rates.ts';
import { pricing } from './subgraph.ts';

let close: () => Promise<void>;
let feed: Server;
let folder: string;
/** What the feed answers; null is an outage. */
let feedSays: string | null = null;
let url: string;
beforeAll(async () => {
  close = await openTestDatabase(database);
  feed = createServer((_, response) => response.writeHead(feedSays === null ? 503 : 200).end(feedSays ?? ''));
  await new Promise<void>((resolve) => feed.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(feed.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), 'rates-'));
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
  await new Promise((resolve) => feed.close(resolve));
});

const { schema } = await buildSubgraph(pricing);
const STAFF = { customerId: 'cus_staff', sessionId: 'ses_1', scopes: ['currencies:write'] };
const catalog = {
  query: async (_: string, { variables }: { variables: { ids: string[] } }) =>
    ({
      data: { variantsForSale: variables.ids.map((id) => (id === 'var_1' ? { productId: 'prod_1' } : null)) },
    }) as ExecutionResult,
} as unknown as SubgraphTransport;

async function ask(
  source: string,
  variables: object = {},
  caller = 'carts',
  viewer: typeof STAFF | null = null,
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects, exactly.
): Promise<any> {
  const contextValue = new Context('pricing', catalog, { viewer, caller });
  const result = await graphql({ schema, source, variableValues: variables as Record<string, unknown>, contextValue });
  if (result.errors) throw new Error(String(result.errors[0]!.extensions.code ?? result.errors[0]!.message));
  return Object.values(JSON.parse(JSON.stringify(result.data)))[0];
}
const set = (input: object) =>
  ask(
    'mutation($input: CurrencyInput!) { currencySet(input: $input) { currency { code rate } userErrors { code path } } }',
    { input },
    'router',
    STAFF,
  );
const sold = () => ask('{ currencies { code name fractionDigits rate rateAt } }', {}, 'router');
const codes = async () => (await sold()).map(({ code }: { code: string }) => code);
const rateOf = async (code: string) => (await sold()).find((each: { code: string }) => each.code === code)?.rate;
const ecb = (day: string, rates: Record<string, string>) =>
  `<gesmes:Envelope><Cube><Cube time='${day}'>${Object.entries(rates)
    .map(([code, rate]) => `<Cube currency='${code}' rate='${rate}'/>`)
    .join('')}</Cube></Cube></gesmes:Envelope>`;
const on = (day: string) => new Date(`${day}T12:00:00Z`);

test('a shop begins with its own currency; a feed makes others known, and staff sells them', async () => {
  expect(await sold()).toEqual([
    { code: 'EUR', name: 'Euro', fractionDigits: 2, rate: '1', rateAt: expect.any(String) },
  ]);
  expect((await set({ code: 'USD', sold: true })).userErrors).toEqual([
    { code: 'RATE_INVALID', path: ['input', 'ownRate'] },
  ]);
  feedSays = ecb('2026-11-18', { USD: '1.0500', JPY: '160.00' });
  expect(await renewRates({ url, file: null }, on('2026-11-18'))).toBe('renewed');
  expect(await codes()).toEqual(['EUR']);
  await set({ code: 'USD', sold: true });
  expect((await set({ code: 'KWD', sold: true, ownRate: '0.3254' })).userErrors).toEqual([]);
  expect((await sold()).slice(1)).toEqual([
    { code: 'KWD', name: 'Kuwaiti Dinar', fractionDigits: 3, rate: '0.3254', rateAt: expect.any(String) },
    { code: 'USD', name: 'US Dollar', fractionDigits: 2, rate: '1.0500', rateAt: '2026-11-18T00:00:00.000Z' },
  ]);
});

test('where the feed fails the file serves, and where both do the known rates hold under their day', async () => {
  const file = join(folder, 'rates.xml');
  await writeFile(file, ecb('2026-11-19', { USD: '1.0600', JPY: '161.00' }));
  feedSays = null;
  expect(await renewRates({ url, file }, on('2026-11-19'))).toBe('renewed');
  expect(await rateOf('USD')).toBe('1.0600');
  for (const broken of [
    '',
    ecb('2026-11-20', { USD: '-1' }),
    ecb('2026-11-20', { USD: '9.99' }),
    'x'.repeat(300_000),
  ]) {
    feedSays = broken;
    expect(await renewRates({ url, file: join(folder, 'none.xml') }, on('2026-11-20'))).toBe('failed');
  }
  // Yesterday's paper again.
  feedSays = ecb('2026-11-18', { USD: '1.0500' });
  expect(await renewRates({ url, file: null }, on('2026-11-20'))).toBe('known');
  expect((await sold()).at(-1)).toMatchObject({ rate: '1.0600', rateAt: '2026-11-19T00:00:00.000Z' });
});

test('tables of the last ten minutes are told, and the one of a moment; nothing new writes none', async () => {
  const before = await ask(exchangeRates.query);
  await set({ code: 'USD', sold: true });
  expect(await ask(exchangeRates.query)).toEqual(before);
  await set({ code: 'USD', ownRate: '1.2000' });
  const after = await ask(exchangeRates.query);
  expect(after.slice(1)).toEqual(before);
  const usd = (table: { rates: { code: string; rate: string }[] }) =>
    table.rates.find(({ code }) => code === 'USD')!.rate;
  expect([usd(after[0]), usd(after[1])]).toEqual(['1.2000', '1.0600']);
  const [then] = await ask(exchangeRates.query, { at: after[1].since });
  expect(then).toEqual(after[1]);
  expect((await set({ code: 'USD', ownRate: '0' })).currency.rate).toBe('1.0600');
  await expect(ask(exchangeRates.query, {}, 'router')).rejects.toThrow('FORBIDDEN');
});

test('twenty changes at once make tables of which the last has all of them', async () => {
  const made = Array.from({ length: 20 }, (_, i) => `X${String.fromCharCode(65 + i)}Q`);
  const answers = await Promise.all(made.map((code) => set({ code, sold: true, ownRate: '2' })));
  expect(answers.filter(({ userErrors }) => userErrors.length > 0)).toEqual([]);
  expect(await codes()).toEqual(expect.arrayContaining(made));
  await Promise.all(made.map((code) => set({ code, sold: false })));
  expect(await codes()).toEqual(['EUR', 'KWD', 'USD']);
});

test('23: promotions are exchanged and quotes are exact in yen and dinars, also at rates of before', async () => {
  await database.prisma.promotion.create({
    data: { id: 'promo_1', code: 'TEN', title: 'Ten', amountOff: 1_000n, minimumSubtotal: 2_000n, currency: 'EUR' },
  });
  const inCurrency = (currency: string, amount: string, shipping: string, more: object = {}) => ({
    input: {
      ...{ currency, codes: ['TEN'], country: 'DE', shipping: { amount: shipping, currency } },
      lines: [
        { lineId: 'l', productId: 'p', categoryIds: [], sellerId: 's', quantity: 3, unitPrice: { amount, currency } },
      ],
      ...more,
    },
  });
  await set({ code: 'JPY', sold: true });
  const yen = await ask(quote.query, inCurrency('JPY', '1073', '784'));
  expect(yen).toMatchObject({ subtotal: { amount: '3219' }, discount: { amount: '0' }, total: { amount: '4003' } });
  const more = await ask(quote.query, inCurrency('JPY', '1074', '784'));
  expect(more).toMatchObject({ discount: { amount: '1610' }, tax: { amount: '382' }, total: { amount: '2396' } });
  const dinars = await ask(quote.query, inCurrency('KWD', '2.170', '1.594'));
  expect(dinars).toMatchObject({
    subtotal: { amount: '6.510' },
    discount: { amount: '3.254' },
    total: { amount: '4.850' },
  });
  const [{ since }] = await ask(exchangeRates.query);
  await set({ code: 'KWD', ownRate: '0.4' });
  expect((await ask(quote.query, inCurrency('KWD', '2.700', '1.594'))).discount.amount).toBe('4.000');
  const held = await ask(quote.query, inCurrency('KWD', '2.170', '1.594', { ratesAt: since }));
  expect(held).toEqual(dinars);
  await expect(ask(quote.query, inCurrency('XXX', '1.00', '1.00'))).rejects.toThrow('BAD_USER_INPUT');
});

test('a merchant fixes prices of a variant by currency', async () => {
  const fix = (variantId: string, prices: object[]) =>
    ask(
      'mutation($input: VariantPricesInput!) { variantPricesSet(input: $input) { variantId userErrors { code path } } }',
      { input: { variantId, prices } },
      'router',
      STAFF,
    );
  const price = (amount: string, currency: string, compareAt?: string) => ({
    ...{ price: { amount, currency } },
    ...(compareAt && { compareAtPrice: { amount: compareAt, currency } }),
  });
  expect((await fix('var_1', [price('19.99', 'USD', '25.00'), price('2900', 'JPY')])).userErrors).toEqual([]);
  const fixed = (currency: string) => ask(fixedPrices.query, { variantIds: ['var_1', 'var_2'], currency });
  expect(await fixed('USD')).toEqual([{ variantId: 'var_1', price: '1999', compareAtPrice: '2500' }]);
  const [{ rates }] = await ask(exchangeRates.query);
  const marked = rates.filter(({ hasFixedPrices }: { hasFixedPrices: boolean }) => hasFixedPrices);
  expect(marked.map(({ code }: { code: string }) => code)).toEqual(['JPY', 'USD']);
  expect((await fix('var_1', [price('19.99', 'USD')])).userErrors).toEqual([]);
  expect([await fixed('USD'), await fixed('JPY')]).toEqual([
    [{ variantId: 'var_1', price: '1999', compareAtPrice: null }],
    [],
  ]);
  for (const [code, field, prices] of [
    ['AMOUNT_INVALID', 'price', [price('19.999', 'USD')]],
    ['AMOUNT_INVALID', 'compareAtPrice', [price('19.99', 'USD', '19.99')]],
    ['CURRENCY_UNSUPPORTED', 'price', [price('19.99', 'EUR')]],
  ] as const) {
    expect((await fix('var_1', [...prices])).userErrors).toEqual([{ code, path: ['input', 'prices', '0', field] }]);
  }
  expect((await fix('var_2', [])).userErrors).toMatchObject([{ code: 'VARIANT_NOT_FOUND' }]);
});
