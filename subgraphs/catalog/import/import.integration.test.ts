import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { setRoutes } from '#platform/outbox/routes.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from '../database.ts';
import { SHOP_EDITOR } from '../editing/editor.ts';
import { exportCsv, exportJsonLines } from '../export/export-products.ts';
import { ask, edit, emptyCatalog, eur, MUG } from '../testing/catalog-api.ts';
import { importProducts } from './import-products.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
  setRoutes({ 'catalog.products-changed.v1': ['inventory-stock-new-variants'] });
});
afterAll(() => close());
beforeEach(emptyCatalog);

const FROM_FILE = { editor: SHOP_EDITOR, seller: 'kalkhof', isRehearsal: false };

const importFile = (file: string | readonly string[], options: Partial<typeof FROM_FILE> = {}) =>
  importProducts(Readable.from(typeof file === 'string' ? [file] : file), { ...FROM_FILE, ...options });

/** As an older shop exports it: with a picture in a row of its own, and columns that nobody needs. */
const SHOPIFY = `\uFEFFHandle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,SEO Title,SEO Description,Status
mug,Mug,"<p>Holds <b>coffee</b> &amp; tea.</p>
<p>Thrown
by hand.</p>",Kiln,Kitchen > Cups,Cup,"tableware, clay",TRUE,Color,Indigo,Size,S,MUG-I-S,300.0,7,19.00,,https://example.com/1.jpg,Mugs,About mugs,active
mug,,,,,,,,,Oat,,S,MUG-O-S,310,0,21.50,25.00,,,,
mug,,,,,,,,,,,,,,,,,https://example.com/2.jpg,,,
rug,Rug,Plain,,,,,FALSE,Title,Default Title,,,,2500,1,219,219,,,,draft
`;

const stored = async () =>
  (
    await ask(
      `{ managedProducts(first: 100) { nodes { handle title description brand tags published category { handle } options { name values }
        seo { title } variants { nodes { sku weightGrams options { name value } price { amount } compareAtPrice { amount } } } } } }`,
      {},
      { customerId: 'cus_staff', sessionId: 'ses_1', scopes: ['products:write', 'catalog:write'] },
    )
  ).managedProducts.nodes.sort((a: { handle: string }, b: { handle: string }) => (a.handle < b.handle ? -1 : 1));

test("46: Shopify's file becomes products, in rows that belong together, and a second import changes nothing", async () => {
  const report = await importFile(SHOPIFY);
  expect(report).toEqual({
    ...{ rows: 4, created: 2, updated: 0, unchanged: 0, failed: 0, problems: [] },
    ignoredColumns: ['Type'],
  });
  const pictures = await database.prisma.imageRequest.findMany({ orderBy: { position: 'asc' } });
  expect(pictures.map(({ url }) => url)).toEqual(['https://example.com/1.jpg', 'https://example.com/2.jpg']);
  const before = await stored();
  expect(before).toEqual([
    {
      ...{ handle: 'mug', title: 'Mug', description: 'Holds coffee & tea.\n\nThrown by hand.', brand: 'Kiln' },
      ...{ tags: ['tableware', 'clay'], published: true, category: { handle: 'cups' }, seo: { title: 'Mugs' } },
      options: [
        { name: 'Color', values: ['Indigo', 'Oat'] },
        { name: 'Size', values: ['S'] },
      ],
      variants: {
        nodes: [
          {
            ...{ sku: 'MUG-I-S', weightGrams: 300, price: { amount: '19.00' }, compareAtPrice: null },
            options: [
              { name: 'Color', value: 'Indigo' },
              { name: 'Size', value: 'S' },
            ],
          },
          {
            ...{ sku: 'MUG-O-S', weightGrams: 310, price: { amount: '21.50' }, compareAtPrice: { amount: '25.00' } },
            options: [
              { name: 'Color', value: 'Oat' },
              { name: 'Size', value: 'S' },
            ],
          },
        ],
      },
    },
    expect.objectContaining({
      ...{ handle: 'rug', description: 'Plain', brand: null, tags: [], published: false, options: [] },
      variants: {
        nodes: [{ sku: 'rug', weightGrams: 2500, options: [], price: { amount: '219.00' }, compareAtPrice: null }],
      },
    }),
  ]);
  const event = await database.prisma.outbox.findFirstOrThrow();
  expect(
    (event.payload as { products: { newVariants: { onHand: number }[] }[] }).products[0]?.newVariants,
  ).toMatchObject([{ onHand: 7 }, { onHand: 0 }]);
  const changes = await database.prisma.change.count();
  expect(await importFile(SHOPIFY)).toMatchObject({ created: 0, updated: 0, unchanged: 2, failed: 0 });
  expect(await database.prisma.imageRequest.findMany({ orderBy: { position: 'asc' } })).toEqual(pictures);
  expect([await stored(), await database.prisma.change.count(), await database.prisma.outbox.count()]).toEqual([
    before,
    changes,
    1,
  ]);
});

test('46: bad rows are reported by line and column, and the good ones imported', async () => {
  await edit('productCreate', { ...MUG, handle: 'there' });
  const file = [
    'Title,URL handle,Description,Vendor,Product category,SKU,Option1 name,Option1 value,Price,Inventory quantity,Product image URL',
    'Good,good,,,,GOOD,,,1.00,',
    '"Two\nlines",two-lines,,,,TWO,,,1.00,',
    'Dear,dear,,,,DEAR,,,about 20,',
    'Half,half,,,,HALF-1,Size,S,1.00,',
    ',half,,,,HALF-2,,L,1.234,',
    'Many,many,,,,MANY,,,1.00,some',
    'Taken,taken,,,,MUG-OAT,,,1.00,',
    'Twice,twice,,,,GOOD,,,1.00,',
    ',nameless,,,,NAME,,,1.00,',
    'Good,good,,,,GOOD-2,,,1.00,',
    'Bad Handle,Bad Handle!,,,,BAD,,,1.00,',
    'Fine,fine,,,Somewhere > Else,FINE,,,2.00,,file:///etc/passwd',
  ].join('\n');
  const report = await importFile(file);
  expect(report.problems.map(({ line, column, code }) => [line, column, code])).toEqual([
    [3, 'Title', 'TITLE_INVALID'],
    [5, 'Price', 'PRICE_INVALID'],
    [7, 'Price', 'PRICE_INVALID'],
    [8, 'Inventory quantity', 'NUMBER_INVALID'],
    [9, 'SKU', 'SKU_TAKEN'],
    [10, 'SKU', 'SKU_TAKEN'],
    [11, 'Title', 'TITLE_INVALID'],
    [12, 'URL handle', 'HANDLE_TAKEN'],
    [13, 'URL handle', 'HANDLE_INVALID'],
    [14, 'Product category', 'CATEGORY_NOT_FOUND'],
    [14, 'Product image URL', 'URL_REFUSED'],
  ]);
  expect(report).toMatchObject({ rows: 12, created: 2, failed: 9 });
  expect((await stored()).map(({ handle }: { handle: string }) => handle)).toEqual(['fine', 'good', 'there']);
});

test('46: a gift card of the file is one here, and no goods', async () => {
  const file =
    'Title,URL handle,SKU,Option1 name,Option1 value,Price,Gift card\nCard,card,CARD-25,Amount,25,25.00,TRUE\nMug,mug-2,MUG-2,,,9.00,FALSE';
  expect((await importFile(file)).problems).toEqual([]);
  const cards = await database.prisma.product.findMany({
    where: { handle: { in: ['card', 'mug-2'] } },
    orderBy: { handle: 'asc' },
  });
  expect(cards.map(({ handle, giftCard }) => [handle, giftCard])).toEqual([
    ['card', true],
    ['mug-2', false],
  ]);
  expect((await importFile(file.replace('TRUE', 'FALSE'))).unchanged).toBe(2);
});

test('46: a dry run says what an import then does, and does nothing', async () => {
  const file = `${SHOPIFY}bad,Bad,,,,,,,,,,,BAD,,,free,,,,,\nsame,Same,,,,,,,,,,,MUG-I-S,,,1,,,,,\n`;
  const rehearsed = await importFile(file, { isRehearsal: true });
  expect([await database.prisma.product.count(), await database.prisma.outbox.count()]).toEqual([0, 0]);
  expect(rehearsed).toMatchObject({ created: 2, failed: 2 });
  expect(await importFile(file)).toEqual(rehearsed);
});

test('46: what is no CSV of products is told in a sentence, and of what is torn nothing is made', async () => {
  expect((await importFile('')).problems).toMatchObject([{ line: 1, code: 'CSV_INVALID' }]);
  expect((await importFile('Name,Price\nMug,1\n')).problems).toMatchObject([
    { line: 1, column: 'URL handle', code: 'COLUMN_MISSING' },
  ]);
  const torn = await importFile('Title,Handle,Price,SKU\nGood,good,1,G\nHalf,half,1,H\n,half,1,"B\n');
  expect(torn).toMatchObject({ failed: 0, problems: [{ column: null, code: 'CSV_INVALID' }] });
  expect(await database.prisma.product.count({ where: { handle: 'half' } })).toBe(0);
  const big = await importFile(['Title,Handle,Price,SKU\n', ...Array(40).fill('x'.repeat(100_000))]);
  expect(big).toMatchObject({ created: 0, problems: [{ line: 2, code: 'CSV_INVALID' }] });
  const odd = await importFile('Title,Handle,Price,SKU\n\u0000,a,1,A\n<script>,b,1,\u202Eb\n');
  expect(odd).toMatchObject({ created: 1, failed: 1, problems: [{ line: 2, column: 'Title', code: 'TITLE_INVALID' }] });
});

test('46: an export escapes = + - @, and read back it changes nothing', async () => {
  const titles = ['=HYPERLINK("http://example.com")', '+1', '-1', '@SUM(A1)', "'=quoted", "'plain", 'Müge, "große"'];
  for (const [at, title] of titles.entries()) {
    const variants = [{ sku: `-${at}`, price: eur('1.00') }];
    const description = `${title}\n\n1 < 2 & 3 > 2\nend <br>`;
    await edit('productCreate', { ...MUG, title, description, tags: [title.replaceAll(',', '')], variants });
  }
  await edit('productCreate', { ...MUG, published: false });
  const before = await stored();
  const csv = await text(await exportCsv(SHOP_EDITOR));
  const cells = csv.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^",\r\n]*)/gm)?.map((cell) => cell.replace(/^"/, '')) ?? [];
  expect(cells.length).toBeGreaterThan(100);
  expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  expect(await importFile(csv)).toMatchObject({
    rows: 9,
    created: 0,
    updated: 0,
    unchanged: 8,
    failed: 0,
    problems: [],
  });
  expect(await stored()).toEqual(before);
  await emptyCatalog();
  expect(await importFile(csv)).toMatchObject({ created: 8, failed: 0 });
  expect(await stored()).toEqual(before);
});

test('46: an export has pictures and quantities, and read back it changes nothing', async () => {
  await importFile(SHOPIFY);
  const mug = await database.prisma.product.findFirstOrThrow({ where: { handle: 'mug' }, include: { variants: true } });
  const first = await database.prisma.imageRequest.findFirst({ where: { productId: mug.id, position: 0 } });
  const size = { productId: mug.id, width: 10, height: 10 };
  await database.prisma.image.createMany({
    data: [
      { ...size, id: 'img_fetched', position: 1, key: 'products/fetched.webp', alt: 'From elsewhere' },
      { ...size, id: 'img_own', position: 0, key: 'products/own.webp', alt: 'Sent by staff' },
      { ...size, id: 'img_last', position: 2, key: 'products/last.webp', alt: '' },
    ],
  });
  const fetched = { imageId: 'img_fetched', dueAt: null, alt: 'From elsewhere' };
  await database.prisma.imageRequest.update({ where: { id: first!.id }, data: fetched });
  const sold = new Map(mug.variants.map(({ id, sku }) => [id, sku === 'MUG-I-S' ? 7 : 0]));
  const csv = await text(
    await exportCsv(SHOP_EDITOR, async (ids) => new Map([...sold].filter(([id]) => ids.includes(id)))),
  );
  const rows = parse(csv, { columns: true }) as Record<string, string>[];
  const shown = rows.map((row) => [
    ...[row['URL handle'], row.SKU, row['Inventory quantity'], row['Image position'], row['Image alt text']],
    row['Product image URL']?.replace(/^http:\/\/localhost:\d+/, ''),
  ]);
  expect(shown.filter(([handle]) => handle === 'mug')).toEqual([
    ['mug', 'MUG-I-S', '7', '1', 'Sent by staff', '/files/products/own.webp'],
    ['mug', 'MUG-O-S', '0', '2', 'From elsewhere', 'https://example.com/1.jpg'],
    ['mug', '', '', '3', '', '/files/products/last.webp'],
    ['mug', '', '', '4', '', 'https://example.com/2.jpg'],
  ]);
  const all = async () => [
    await stored(),
    await database.prisma.image.findMany({ orderBy: { id: 'asc' } }),
    await database.prisma.imageRequest.findMany({ orderBy: { id: 'asc' } }),
    await database.prisma.change.count(),
    await database.prisma.outbox.count(),
  ];
  const before = await all();
  expect(await importFile(csv)).toMatchObject({ unchanged: 2, failed: 0, problems: [], ignoredColumns: [] });
  expect(await all()).toEqual(before);
  // Whose they are is known of all: nobody has to name a seller, until there is something new.
  const fromShop = { editor: SHOP_EDITOR, isRehearsal: false };
  expect(await importProducts(Readable.from([csv]), fromShop)).toMatchObject({ unchanged: 2, failed: 0 });
  const withNew = importProducts(Readable.from([csv.replaceAll(',rug,', ',new-rug,')]), fromShop);
  await expect(withNew).rejects.toMatchObject({ code: 'SELLER_NOT_FOUND' });
  expect(await all()).toEqual(before);
  // The same pictures under another domain are the same; a new name of one is taken over.
  await importFile(
    csv.replaceAll(/http:\/\/localhost:\d+/g, 'https://new.example.com').replace('Sent by staff', 'A mug'),
  );
  const [, images, requests] = await all();
  expect(requests).toEqual(before[2]);
  expect((images as { alt: string }[]).map(({ alt }) => alt)).toEqual(['From elsewhere', '', 'A mug']);
});

test('JSON lines have everything', async () => {
  await importFile(SHOPIFY);
  const lines = (await text(exportJsonLines(SHOP_EDITOR)))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ type, handle }) => `${type} ${handle}`).sort()).toEqual([
    ...['category cups', 'category kitchen', 'category woven', 'product mug', 'product rug'],
    ...['seller kalkhof', 'seller tamlet'],
  ]);
  expect(lines.find(({ handle }) => handle === 'mug').variants[1]).toMatchObject({
    sku: 'MUG-O-S',
    price: '21.50',
    compareAtPrice: '25.00',
  });
});
