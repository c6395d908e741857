import { beforeEach, describe, expect, test } from 'vitest';
import { database } from '../../database.ts';
import { type ProductSeed, seedCatalog } from '../../seed-catalog.ts';
import { productsChanged } from '../products-changed.ts';
import type { FoundFacet, SearchProvider, SearchQuestion } from '../search-provider.ts';
import { saveSynonym } from '../synonyms.ts';

/** A provider under test, in use for catalog; `settle` waits until what was committed can be found. */
export interface ProviderUnderTest {
  readonly provider: SearchProvider;
  settle(): Promise<void>;
}

/** What every provider must do, on goods of its own: one suite for all of them. */
export function describeProvider(name: string, under: () => ProviderUnderTest): void {
  const provider = () => under().provider;
  const ask = (question: Partial<SearchQuestion>) =>
    provider().search({ words: null, filters: [], sort: 'RELEVANCE', ...question });
  const handles = async (question: Partial<SearchQuestion>, window = {}) => {
    const hits = await ask(question).page({ limit: 100, fromEnd: false, ...window });
    return hits.map(({ row }) => row.handle);
  };
  const change = async (id: string, data: object) => {
    await database.transaction(async (client) => {
      for (const [column, value] of Object.entries(data))
        await client.query(`UPDATE product SET ${column} = $2 WHERE id = $1`, [id, value]);
      await productsChanged(client, [id]);
    });
    await under().settle();
  };

  describe(name, () => {
    beforeEach(async () => {
      await database.prisma
        .$executeRaw`TRUNCATE product, variant, image, category, seller, search_document, search_value,
        search_word, search_synonym, variant_stock, product_news CASCADE`;
      await provider().rebuild(() => undefined);
      await seedCatalog({ categories: CATEGORIES, sellers: SELLERS, products: GOODS });
      await database.prisma.variantStock.createMany({
        data: ['var_mug', 'var_lamp', 'var_cafe'].map((variantId) => ({ variantId, inStock: true, sequence: 1n })),
      });
      await database.prisma.productNews.createMany({
        data: [
          { productId: 'prod_mug', ratingCount: 10, ratingSum: 48, ratingSequence: 1n, sold: 5n, soldSequence: 1n },
          { productId: 'prod_lamp', ratingCount: 4, ratingSum: 13, ratingSequence: 1n, sold: 90n, soldSequence: 1n },
        ],
      });
      await database.transaction((client) =>
        productsChanged(
          client,
          GOODS.map(({ id }) => id),
        ),
      );
      await under().settle();
    });

    test.each([
      ['NEWEST', ['cafe', 'bowl', 'sofa', 'lamp', 'mug']],
      ['PRICE_ASC', ['bowl', 'mug', 'cafe', 'lamp', 'sofa']],
      ['PRICE_DESC', ['sofa', 'lamp', 'cafe', 'mug', 'bowl']],
      ['TITLE', ['lamp', 'mug', 'cafe', 'sofa', 'bowl']],
    ] as const)('sorts by %s', async (sort, expected) => {
      expect(await handles({ sort })).toEqual(expected);
    });

    test('sorts the best rated and the best selling first', async () => {
      expect((await handles({ sort: 'BEST_RATED' })).slice(0, 2)).toEqual(['mug', 'lamp']);
      expect((await handles({ sort: 'BEST_SELLING' })).slice(0, 2)).toEqual(['lamp', 'mug']);
    });

    test.each([
      ['mug', ['mug']],
      ['mugs', ['mug']],
      ['BLUE mug', ['mug']],
      ['coffee', ['cafe', 'mug']],
      ['cafe', ['cafe']],
      ['Café', ['cafe']],
      ['kalkh', ['bowl', 'cafe', 'lamp', 'mug']],
      ['LAMP-SAND', ['lamp']],
      ['xylophone', []],
      ['!!!', []],
    ])('%s finds %o', async (words, expected) => {
      expect((await handles({ words })).toSorted()).toEqual(expected.toSorted());
    });

    test.each([
      ['lmap', 'lamp'],
      ['lantrn', 'lamp'],
      ['ceramci', 'bowl'],
    ])('%s is mended', async (words, expected) => {
      expect(await handles({ words })).toContain(expected);
    });

    test('synonyms find each other, in both directions', async () => {
      expect(await handles({ words: 'couch' })).toEqual([]);
      const { synonym } = await saveSynonym({ words: ['Sofa', 'couch ', 'settee'] });
      await under().settle();
      expect(await handles({ words: 'couch' })).toEqual(['sofa']);
      expect(await handles({ words: 'red settee' })).toEqual(['sofa']);
      await saveSynonym({ id: synonym!.id, words: [] });
      await under().settle();
      expect(await handles({ words: 'couch' })).toEqual([]);
      await expect(saveSynonym({ words: ['sofa'] })).rejects.toMatchObject({ code: 'WORDS_INVALID' });
      await expect(saveSynonym({ id: 'syn_none', words: [] })).rejects.toMatchObject({ code: 'SYNONYM_NOT_FOUND' });
    });

    test('ranks what is called so above what only mentions it', async () => {
      await change('prod_sofa', { description: 'Goes with any lamp.' });
      expect(await handles({ words: 'lamp' })).toEqual(['lamp', 'sofa']);
    });

    test('values of a facet are or-ed, facets are and-ed', async () => {
      const color = (...values: string[]) => ({ by: 'Color', values });
      expect(await handles({ filters: [color('Blue', 'Red')], sort: 'TITLE' })).toEqual(['mug', 'sofa']);
      expect(await handles({ filters: [color('Blue', 'Red'), { by: 'category', values: ['home'] }] })).toEqual([
        'sofa',
      ]);
      expect(await handles({ filters: [{ by: 'price', min: 1_200, max: 2_000 }], sort: 'TITLE' })).toEqual([
        'mug',
        'bowl',
      ]);
      expect(await handles({ filters: [{ by: 'inStock', values: ['true'] }], sort: 'TITLE' })).toEqual([
        'lamp',
        'mug',
        'cafe',
      ]);
      expect(await handles({ filters: [{ by: 'rating', values: ['4'] }] })).toEqual(['mug']);
      expect(await handles({ filters: [{ by: 'seller', values: ['tamlet'] }] })).toEqual(['sofa']);
      expect(await handles({ filters: [{ by: 'Nonsense', values: ['x'] }] })).toEqual([]);
      expect(await handles({ category: 'cups', words: 'clay' })).toEqual(['mug']);
      expect(await handles({ seller: 'tamlet' })).toEqual(['sofa']);
    });

    test('facets count the whole result, and not what their own filter left out', async () => {
      const all = await ask({}).facets();
      expect(all.count).toBe(5);
      expect(countsOf(all.facets)).toEqual({
        category: { kitchen: 3, cups: 2, home: 2 },
        brand: { Kiln: 2 },
        seller: { kalkhof: 4, tamlet: 1 },
        Color: { Blue: 1, Sand: 1, Red: 1 },
        rating: { 1: 2, 2: 2, 3: 2, 4: 1 },
        inStock: { true: 3, false: 2 },
      });
      expect(all.facets.find(({ by }) => by === 'price')?.range).toEqual({ min: 1_200, max: 89_000 });
      const filters = [
        { by: 'Color', values: ['Blue', 'Red'] },
        { by: 'seller', values: ['kalkhof'] },
      ];
      const some = await ask({ filters }).facets();
      expect(some.count).toBe(1);
      expect(countsOf(some.facets)).toMatchObject({
        Color: { Blue: 1, Sand: 1 },
        seller: { kalkhof: 1, tamlet: 1 },
        category: { kitchen: 1, cups: 1 },
      });
      expect(countsOf(some.facets).category).not.toHaveProperty('home');
      const cheap = await ask({ filters: [{ by: 'price', min: null, max: 1_500 }] }).facets();
      expect(cheap.facets.find(({ by }) => by === 'price')?.range).toEqual({ min: 1_200, max: 89_000 });
      expect(cheap.count).toBe(1);
    });

    test('facets of a search count what it finds', async () => {
      const { count, facets } = await ask({ words: 'clay' }).facets();
      expect(count).toBe(await ask({ words: 'clay' }).count());
      expect(countsOf(facets).seller).toEqual({ kalkhof: count });
      expect(await ask({ words: 'xylophone' }).facets()).toMatchObject({ count: 0 });
    });

    test.each(['NEWEST', 'PRICE_ASC', 'TITLE', 'BEST_SELLING', 'RELEVANCE'] as const)(
      'by %s, pages in both directions hold each once, also when something is put out meanwhile',
      async (sort) => {
        const words = sort === 'RELEVANCE' ? 'kalkhof' : null;
        const whole = await handles({ sort, words });
        for (const fromEnd of [false, true]) {
          const seen: string[] = [];
          let cursor: string | undefined;
          for (let turn = 0; ; turn++) {
            const beyond = fromEnd ? { before: cursor } : { after: cursor };
            const hits = await ask({ sort, words }).page({ limit: 2, fromEnd, ...beyond });
            if (hits.length === 0) break;
            const part = hits.map(({ row }) => row.handle).filter((handle) => !handle.startsWith('late'));
            if (fromEnd) seen.unshift(...part);
            else seen.push(...part);
            cursor = (fromEnd ? hits[0] : hits.at(-1))?.cursor;
            if (turn > 3) continue;
            // Put where has been read already.
            const createdAt = fromEnd ? new Date(0) : new Date();
            const late = good(
              `late${Number(fromEnd)}${turn}`,
              { title: `A late thing ${turn}`, createdAt },
              100 + turn,
            );
            await seedCatalog({ categories: [], sellers: [], products: [late] });
            await under().settle();
          }
          expect(seen).toEqual(whole);
        }
      },
    );

    test('a change is found, and what is unpublished is found no longer', async () => {
      await change('prod_mug', { title: 'Beaker', min_price: 50 });
      expect(await handles({ words: 'beaker' })).toEqual(['mug']);
      expect((await handles({ sort: 'PRICE_ASC' }))[0]).toBe('mug');
      await change('prod_mug', { published: false });
      expect(await handles({ words: 'beaker' })).toEqual([]);
      expect(await ask({}).count()).toBe(4);
    });

    test('what is translated is found in each language', async () => {
      const translations = { de: { title: 'Henkelbecher', description: 'Für Kaffee.' }, ar: { title: 'كوب أزرق' } };
      await change('prod_mug', { translations });
      expect(await handles({ words: 'henkelbecher' })).toEqual(['mug']);
      expect(await handles({ words: 'أزرق' })).toEqual(['mug']);
      expect(await handles({ words: 'mug' })).toEqual(['mug']);
      const typed = await provider().suggest('henkelb', 5);
      expect(typed.products.map(({ handle }) => handle)).toEqual(['mug']);
      await database.prisma.category.update({
        ...{ where: { id: 'cat_cups' }, data: { translations: { de: { title: 'Tassen' } } } },
      });
      await change('prod_cafe', {});
      expect((await provider().suggest('tass', 5)).categoryIds).toEqual(['cat_cups']);
      expect(await handles({ words: 'tassen' })).toEqual(['cafe']);
    });

    test('what a transaction takes back never was', async () => {
      const taken = database.transaction(async (client) => {
        await client.query(`UPDATE product SET title = 'Phantom' WHERE id = 'prod_mug'`);
        await productsChanged(client, ['prod_mug']);
        throw new Error('Taken back.');
      });
      await expect(taken).rejects.toThrow('Taken back.');
      await under().settle();
      expect(await handles({ words: 'phantom' })).toEqual([]);
      expect(await handles({ words: 'mug' })).toEqual(['mug']);
    });

    test('a rebuild makes the same of an index that was lost or went wrong', async () => {
      const before = await ask({}).facets();
      await database.prisma.$executeRaw`DELETE FROM search_document WHERE product_id = 'prod_mug'`;
      await database.prisma.$executeRaw`UPDATE search_document SET price = 1, title = 'wrong'`;
      await database.prisma.$executeRaw`DELETE FROM search_word`;
      expect(await provider().rebuild(() => undefined)).toBe(5);
      await under().settle();
      expect(countsOf((await ask({}).facets()).facets)).toEqual(countsOf(before.facets));
      expect(await handles({ sort: 'PRICE_ASC' })).toEqual(['bowl', 'mug', 'cafe', 'lamp', 'sofa']);
      expect(await handles({ words: 'lmap' })).toEqual(['lamp']);
    });

    test('what is typed is finished and mended', async () => {
      const lamp = await provider().suggest('lam', 5);
      expect(lamp.queries).toContain('lamp');
      expect(lamp.products[0]?.handle).toBe('lamp');
      const cups = await provider().suggest('cu', 5);
      expect(cups.categoryIds).toEqual(['cat_cups']);
      expect((await provider().suggest('lmap', 5)).products[0]?.handle).toBe('lamp');
      expect(await provider().suggest('!!', 5)).toEqual({ queries: [], products: [], categoryIds: [] });
    });
  });
}

const countsOf = (facets: readonly FoundFacet[]): Record<string, Record<string, number>> =>
  Object.fromEntries(
    facets
      .filter(({ by }) => by !== 'price')
      .map(({ by, values }) => [by, Object.fromEntries(values.map(({ value, count }) => [value, count]))]),
  );

function good(handle: string, changes: Partial<ProductSeed>, price: number, color?: string): ProductSeed {
  const options = color ? [{ name: 'Color', value: color }] : [];
  return {
    id: `prod_${handle}`,
    handle,
    title: handle,
    description: 'A thing.',
    brand: null,
    tags: [],
    categoryId: 'cat_kitchen',
    sellerId: 'sel_kalkhof',
    options: options.map(({ name, value }) => ({ name, values: [value] })),
    createdAt: new Date('2026-01-01T00:00:00Z'),
    images: [],
    variants: [
      {
        id: `var_${handle}`,
        sku: `${handle}-${color ?? 'plain'}`.toUpperCase(),
        options,
        imageId: null,
        price,
        compareAtPrice: null,
        weightGrams: 100,
      },
    ],
    ...changes,
  };
}

const at = (day: number) => new Date(Date.UTC(2026, 0, day));

const GOODS = [
  good(
    'mug',
    { title: 'Blue mug', description: 'For coffee. Of clay.', brand: 'Kiln', categoryId: 'cat_cups', createdAt: at(1) },
    1_900,
    'Blue',
  ),
  good('lamp', { title: 'A lantern lamp', categoryId: 'cat_home', createdAt: at(2) }, 8_900, 'Sand'),
  good('sofa', { title: 'Red sofa', categoryId: 'cat_home', sellerId: 'sel_tamlet', createdAt: at(3) }, 89_000, 'Red'),
  good('bowl', { title: 'Small ceramic bowl', description: 'Of clay.', brand: 'Kiln', createdAt: at(4) }, 1_200),
  good(
    'cafe',
    { title: 'Café au lait cup', description: 'For coffee.', categoryId: 'cat_cups', createdAt: at(5) },
    2_400,
  ),
];

const CATEGORIES = [
  { id: 'cat_kitchen', handle: 'kitchen', title: 'Kitchen', description: null, parentId: null, imageId: null },
  { id: 'cat_cups', handle: 'cups', title: 'Cups', description: null, parentId: 'cat_kitchen', imageId: null },
  { id: 'cat_home', handle: 'home', title: 'At home', description: null, parentId: null, imageId: null },
];

const SELLERS = [
  { id: 'sel_kalkhof', handle: 'kalkhof', name: 'Kalkhof' },
  { id: 'sel_tamlet', handle: 'tamlet', name: 'Tamlet' },
];
