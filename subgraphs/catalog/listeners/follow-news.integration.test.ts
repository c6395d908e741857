import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from '../database.ts';
import { listProducts, ProductSort } from '../list-products.ts';
import { seedCatalog } from '../seed-catalog.ts';
import { followRatings } from './follow-ratings.listener.ts';
import { followSales } from './follow-sales.listener.ts';
import { followStock } from './follow-stock.listener.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
  await seedCatalog({
    categories: [{ id: 'cat_a', handle: 'a', title: 'A', description: null, parentId: null, imageId: null }],
    sellers: [{ id: 'sel_a', handle: 'a', name: 'A' }],
    products: ['one', 'two'].map((name) => ({
      ...{
        id: `prod_${name}`,
        handle: name,
        title: name,
        description: '',
        brand: null,
        tags: [],
        options: [],
        images: [],
      },
      ...{ categoryId: 'cat_a', sellerId: 'sel_a', createdAt: new Date('2026-01-01T00:00:00Z') },
      variants: ['a', 'b'].map((which) => ({
        ...{ id: `var_${name}_${which}`, sku: `${name}-${which}`, options: [], imageId: null },
        ...{ price: 100, compareAtPrice: null, weightGrams: 1 },
      })),
    })),
  });
});
afterAll(() => close());

const tell = (listener: { handle: typeof followStock.handle }, payload: object) =>
  listener.handle([{ id: 'evt_1', topic: 'any', payload: payload as never }], null as never);

const handles = async (list: Parameters<typeof listProducts>[0]) =>
  (await listProducts(list)).nodes.map(({ handle }) => handle);

test('stock: any variant of a product will do, and overtaken news changes nothing', async () => {
  const inStock = () => handles({ filters: [{ by: 'inStock', values: ['true'] }] });
  const stock = (sequence: number, ...variants: [string, boolean][]) =>
    tell(followStock, { sequence, variants: variants.map(([variantId, has]) => ({ variantId, inStock: has })) });
  expect(await inStock()).toEqual([]);
  await stock(5, ['var_one_a', true], ['var_one_b', true], ['var_unknown', true]);
  expect(await inStock()).toEqual(['one']);
  await stock(7, ['var_one_a', false]);
  expect(await inStock()).toEqual(['one']);
  await stock(8, ['var_one_b', false]);
  expect(await inStock()).toEqual([]);
  await stock(6, ['var_one_a', true], ['var_one_b', true]);
  expect(await inStock()).toEqual([]);
});

test('ratings and sales sort, and the younger news of ten at once stands', async () => {
  const rate = (sequence: number, sum: number) =>
    tell(followRatings, { sequence, ratings: [{ productId: 'prod_one', count: 10, sum }] });
  await Promise.all(Array.from({ length: 10 }, (_, n) => rate(n + 1, 10 + n)));
  expect(await database.prisma.productNews.findUnique({ where: { productId: 'prod_one' } })).toMatchObject({
    ratingSum: 19,
    ratingSequence: 10n,
  });
  await tell(followRatings, { sequence: 11, ratings: [{ productId: 'prod_two', count: 10, sum: 49 }] });
  expect(await handles({ sort: ProductSort.BEST_RATED })).toEqual(['two', 'one']);
  await tell(followSales, { sequence: 1, products: [{ productId: 'prod_one', units: 40 }] });
  expect(await handles({ sort: ProductSort.BEST_SELLING })).toEqual(['one', 'two']);
  expect(await handles({ filters: [{ by: 'rating', min: '4' }] })).toEqual(['two']);
});
