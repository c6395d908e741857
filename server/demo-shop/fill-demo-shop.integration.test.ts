import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { database as catalog } from '#subgraphs/catalog/database.ts';
import { listProducts } from '#subgraphs/catalog/list-products.ts';
import { ProductTraitsQueries } from '#subgraphs/catalog/product-traits.ts';
import { database as discovery } from '#subgraphs/discovery/database.ts';
import { boughtTogetherWith, relatedTo } from '#subgraphs/discovery/neighbors.ts';
import { database as inventory } from '#subgraphs/inventory/database.ts';
import { brokenStockInvariants } from '#subgraphs/inventory/stock-invariants.ts';
import { database as reviews } from '#subgraphs/reviews/database.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { demoDiscovery } from './demo-discovery.ts';
import { rasterizeGood } from './drawings/rasterize.ts';
import { CATEGORIES, GOODS, SELLERS } from './goods/all-goods.ts';

// What is drawn is tested beside the drawings; here a picture is a few bytes, so that filling takes a second.
vi.mock('./drawings/rasterize.ts', () => ({
  rasterizeGood: vi.fn(async () => Buffer.from('picture')),
}));
vi.mock('#platform/files/read-picture.ts', () => ({
  blurPreview: vi.fn(async () => 'data:image/webp;base64,AA'),
}));
const drawn = vi.mocked(rasterizeGood);

const VARIANTS = GOODS.flatMap((good) => good.variants);
const STOCKED = GOODS.filter(({ giftCard }) => !giftCard).flatMap((good) => good.variants);
const folder = await mkdtemp(path.join(tmpdir(), 'souk-demo-'));
process.env.FILES_DIR = folder;
const { fillDemoShop } = await import('./fill-demo-shop.ts');

const closers: (() => Promise<void>)[] = [];
beforeAll(async () => {
  closers.push(await openTestDatabase(catalog), await openTestDatabase(inventory), await openTestDatabase(reviews));
  closers.push(await openTestDatabase(discovery));
});
afterAll(async () => {
  for (const close of closers) await close();
  await rm(folder, { recursive: true });
});

const subgraphs = ['catalog', 'inventory'];
const lines: string[] = [];
const progress = (line: string) => void lines.push(line);

test('a filling that dies goes on where it stopped, and a full shop is left alone', async () => {
  let left = 100;
  drawn.mockImplementation(async () => {
    if (left-- <= 0) throw new Error('killed');
    return Buffer.from('picture');
  });
  await expect(fillDemoShop({ subgraphs, progress })).rejects.toThrow('killed');
  expect(await catalog.prisma.product.count()).toBe(0);
  expect(await inventory.prisma.stock.count()).toBe(STOCKED.length);
  await inventory.prisma.stock.updateMany({ data: { onHand: { increment: 1 } } });
  await inventory.prisma.$executeRaw`INSERT INTO stock_movement (variant_id, location_id, change, reason)
    SELECT variant_id, location_id, 1, 'SET' FROM stock`;

  drawn.mockReset().mockResolvedValue(Buffer.from('picture'));
  await fillDemoShop({ subgraphs, progress });
  const pictures = await readdir(path.join(folder, 'goods'));
  expect(drawn.mock.calls.length).toBe(pictures.length - 100);
  expect(await catalog.prisma.image.count()).toBe(pictures.length);

  drawn.mockReset();
  await fillDemoShop({ subgraphs, progress });
  expect(drawn).not.toHaveBeenCalled();
});

test('all goods are there, each in its category, with its seller, pictures and stock', async () => {
  expect(await catalog.prisma.product.count()).toBe(GOODS.length);
  expect(await catalog.prisma.variant.count({ where: { image: { isNot: null } } })).toBe(VARIANTS.length);
  expect(await catalog.prisma.seller.count()).toBe(SELLERS.length);
  expect(await catalog.prisma.category.count({ where: { image: { isNot: null } } })).toBe(CATEGORIES.length);
  const shirt = await catalog.prisma.product.findFirst({
    where: { handle: 'heavy-tee' },
    include: {
      category: { include: { parent: true } },
      seller: true,
      images: { orderBy: { position: 'asc' } },
      variants: true,
    },
  });
  expect([shirt?.category?.handle, shirt?.category?.parent?.handle, shirt?.seller.handle]).toEqual([
    'shirts',
    'clothing',
    'sant-orsel-outfitters',
  ]);
  expect(shirt?.images.map(({ alt }) => alt)).toEqual([
    'Heavy jersey T-shirt, Chalk',
    'Heavy jersey T-shirt, Rust',
    'Heavy jersey T-shirt, Sage',
    'Heavy jersey T-shirt, Iron',
  ]);
  const stock = await inventory.prisma.stock.findMany();
  const ids = new Set((await catalog.prisma.variant.findMany({ select: { id: true } })).map(({ id }) => id));
  expect(stock.filter(({ variantId }) => !ids.has(variantId))).toEqual([]);
  expect(await brokenStockInvariants()).toEqual([]);
  expect(lines.length).toBeLessThan(12);
});

test('the newest are of many kinds', async () => {
  const { nodes } = await listProducts({ first: 20 });
  expect(new Set(nodes.map(({ categoryId }) => categoryId)).size).toBeGreaterThan(8);
});

test('every good is found by its title', async () => {
  for (const { title, handle } of GOODS) {
    const { nodes } = await listProducts({ query: title, first: 3 });
    expect(
      nodes.map((product) => product.handle),
      title,
    ).toContain(handle);
  }
});

test('goods have been reviewed since they came into the shop, not all of them, and a review taken back stays away', async () => {
  await fillDemoShop({ subgraphs: ['reviews'], progress });
  const written = await reviews.prisma.review.findMany();
  const ratings = await reviews.prisma.rating.findMany();
  expect(ratings.length).toBeGreaterThan(GOODS.length / 2);
  expect(ratings.length).toBeLessThan(GOODS.length);
  expect(ratings.reduce((sum, { count }) => sum + count, 0)).toBe(written.length);
  expect(written.filter(({ createdAt }) => createdAt.getTime() > Date.UTC(2026, 10, 1))).toEqual([]);
  await reviews.prisma.review.deleteMany({ where: { id: written[0]!.id } });
  await fillDemoShop({ subgraphs: ['reviews'], progress });
  expect(await reviews.prisma.review.count()).toBe(written.length - 1);
});

test('discovery knows the goods as catalog tells of them, and for nearly every one what is like it and goes with it', async () => {
  await fillDemoShop({ subgraphs: ['discovery'], progress });
  const told = await new ProductTraitsQueries().allProductTraits(null, 500);
  const known = demoDiscovery().products.map((product) => ({ ...product, createdAt: new Date(product.createdAt) }));
  const comparable = (products: readonly { id: string; categoryTitles: string[] }[]) =>
    products
      .map((each) => ({ ...each, categoryTitles: each.categoryTitles.toSorted() }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(comparable(known)).toEqual(comparable(told));
  const ids = known.map(({ id }) => id);
  const [related, together] = await Promise.all([relatedTo(ids), boughtTogetherWith(ids)]);
  expect(related.filter((goods) => goods.length < 4)).toEqual([]);
  expect(together.filter((goods) => goods.length < 2).length).toBeLessThan(GOODS.length / 10);
  await discovery.prisma.ad.deleteMany();
  await fillDemoShop({ subgraphs: ['discovery'], progress });
  expect([await discovery.prisma.ad.count(), await discovery.prisma.countedOrder.count()]).toEqual([
    0,
    6 * GOODS.length,
  ]);
});
