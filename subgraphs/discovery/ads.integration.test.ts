import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from './database.ts';
import { ask, mutate, newCustomer, newProduct, shop } from './testing/discovery-api.ts';
import { writeProducts } from './write-products.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());
beforeEach(async () => {
  shop.products.clear();
  await database.prisma.$executeRaw`TRUNCATE ad, product`;
});

const staff = newCustomer(['ads:write']);
const PLACED = 'placed { ad { id text product { id } } contexts startsAt endsAt impressions shown }';
const place = (input: object, viewer: typeof staff | null = staff) =>
  mutate('adCreate', PLACED, { text: 'Tea', ...input }, viewer);
async function shown(context: string[] = [], limit = 1): Promise<string[]> {
  const source = 'query($context: [String!], $limit: Int) { ads(context: $context, limit: $limit) { text } }';
  const { data } = await ask(source, { context, limit });
  return data.ads.map(({ text }: { text: string }) => text);
}
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

test('an ad is shown where it belongs, before those for everywhere, and within its time', async () => {
  await place({ text: 'Anywhere' });
  await place({ text: 'Cups', contexts: ['category:cups', 'cart', 'cart'] });
  await place({ text: 'Tomorrow', contexts: ['cart'], startsAt: inHours(24) });
  for (let i = 0; i < 8; i++) expect(await shown(['category:cups'])).toEqual(['Cups']);
  expect(await shown(['cart'], 5)).toEqual(['Cups', 'Anywhere']);
  expect(await shown(['category:bowls'], 5)).toEqual(['Anywhere']);
  expect(await shown()).toEqual(['Anywhere']);
  expect(await shown(['cart'], 0)).toEqual([]);
  await database.prisma.ad.updateMany({ where: { text: 'Cups' }, data: { endsAt: new Date() } });
  expect(await shown(['cart'], 5)).toEqual(['Anywhere']);
});

test('forty who look at once at an ad with a budget of ten are shown it ten times', async () => {
  const { placed } = await place({ impressions: 10 });
  const answers = await Promise.all(Array.from({ length: 40 }, () => shown()));
  expect(answers.flat()).toEqual(Array(10).fill('Tea'));
  const list = await ask('{ placedAds { totalCount nodes { ad { id } shown impressions } } }', {}, staff);
  expect(list.data.placedAds).toEqual({
    totalCount: 1,
    nodes: [{ ad: { id: placed.ad.id }, shown: 10, impressions: 10 }],
  });
});

test('of some who found the last of a budget at once, one is shown it', async () => {
  await place({ impressions: 1 });
  const asked = await database.transaction(async (client) => {
    await client.query('SELECT FROM ad FOR UPDATE');
    const all: ReturnType<typeof shown>[] = [];
    // Two of them on connections of their own: the second is taken once the first is seen to wait.
    await expect
      .poll(async () => {
        all.push(shown());
        const [row] = await database.prisma.$queryRaw<{ n: number }[]>`
          SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return row!.n;
      })
      .toBe(2);
    return all;
  });
  expect((await Promise.all(asked)).flat()).toEqual(['Tea']);
});

test('an ad whose product is not on sale is not shown, and none can be made for it', async () => {
  const product = newProduct();
  await writeProducts([product]);
  const { placed } = await place({ productId: product.id });
  expect(placed.ad.product).toEqual({ id: product.id });
  expect(await shown()).toEqual(['Tea']);
  await writeProducts([{ ...product, published: false }]);
  expect(await shown()).toEqual([]);
  for (const productId of ['prod_none', 'prod_\0'])
    expect((await place({ productId })).userErrors).toEqual([
      { code: 'PRODUCT_NOT_FOUND', path: ['input', 'productId'] },
    ]);
});

test('staff ends an ad, twice as well as once; nobody else makes, ends or lists one', async () => {
  const { placed } = await place({ text: '<b>5 < 7 & "so"</b>' });
  const end = (viewer: typeof staff | null = staff, adId = placed.ad.id) =>
    mutate('adEnd', 'placed { endsAt }', { adId }, viewer);
  for (const [viewer, code] of [[null, 'UNAUTHENTICATED'] as const, [newCustomer(), 'FORBIDDEN'] as const]) {
    expect(await end(viewer)).toEqual({ errors: [code] });
    expect(await place({}, viewer)).toEqual({ errors: [code] });
    expect((await ask('{ placedAds { totalCount } }', {}, viewer)).errors).toEqual([code]);
  }
  // Kept as it was written: whoever shows it escapes it.
  expect(await shown()).toEqual(['<b>5 < 7 & "so"</b>']);
  const first = await end();
  expect(await end()).toEqual(first);
  expect(await shown()).toEqual([]);
  for (const adId of ['ad_none', 'ad_\0'])
    expect((await end(staff, adId)).userErrors).toEqual([{ code: 'AD_NOT_FOUND', path: ['input', 'adId'] }]);
});

test('44: odd ads are refused with their field, and nothing is written', async () => {
  const cases: [object, string, string][] = [
    [{ text: '  ' }, 'TEXT_INVALID', 'text'],
    [{ text: 'x'.repeat(141) }, 'TEXT_INVALID', 'text'],
    [{ text: 'a\u202Eb' }, 'TEXT_INVALID', 'text'],
    [{ text: 'a\nb' }, 'TEXT_INVALID', 'text'],
    [{ contexts: ['Category:Cups'] }, 'CONTEXT_INVALID', 'contexts'],
    [{ contexts: Array.from({ length: 51 }, (_, i) => `category:c${i}`) }, 'CONTEXT_INVALID', 'contexts'],
    [{ endsAt: inHours(-1) }, 'PERIOD_INVALID', 'endsAt'],
    [{ startsAt: inHours(2), endsAt: inHours(1) }, 'PERIOD_INVALID', 'endsAt'],
    [{ impressions: 0 }, 'LIMIT_INVALID', 'impressions'],
  ];
  for (const [input, code, field] of cases)
    expect((await place(input)).userErrors).toEqual([{ code, path: ['input', field] }]);
  expect(await database.prisma.ad.count()).toBe(0);
  expect(await shown(['cart\0'])).toEqual([]);
});
