import { graphql } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { PipelinedConnections } from '#platform/database/statements.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { variantsForSale } from './contracts/variants-for-sale.ts';
import { database } from './database.ts';
import { productsChanged } from './search/products-changed.ts';
import { type CatalogSeed, isCatalogEmpty, type ProductSeed, seedCatalog } from './seed-catalog.ts';
import { catalog } from './subgraph.ts';

let close: () => Promise<void>;
const statements = vi.spyOn(PipelinedConnections.prototype, 'run');

beforeAll(async () => {
  close = await openTestDatabase(database);
  expect(await isCatalogEmpty()).toBe(true);
  await seedCatalog(SEED);
  await database.prisma.product.update({ where: { id: 'prod_hidden' }, data: { published: false } });
  await database.prisma.variant.update({ where: { id: 'var_withdrawn' }, data: { published: false } });
  await database.transaction((client) => productsChanged(client, ['prod_hidden', 'prod_rug']));
});
afterAll(() => close());
beforeEach(() => void statements.mockClear());

const { schema } = await buildSubgraph(catalog);

const FIXED = 'var_mug_oat';
/** Two dollars for a euro, and oat mugs at a price of their own; yen are known and not sold. */
const pricing = {
  query: async (_: string, { query, variables }: { query: string; variables: { variantIds: string[] } }) => ({
    data: query.includes('exchangeRates')
      ? {
          exchangeRates: [
            {
              since: '2026-01-01T00:00:00.000Z',
              rates: [
                { code: 'USD', rate: '2', roundTo: '1', sold: true, hasFixedPrices: true },
                { code: 'JPY', rate: '160', roundTo: '1', sold: false, hasFixedPrices: false },
              ],
            },
          ],
        }
      : {
          fixedPrices: variables.variantIds
            .filter((id) => id === FIXED)
            .map((variantId) => ({ variantId, price: '1999', compareAtPrice: '2500' })),
        },
  }),
} as unknown as SubgraphTransport;

/** The data, or the first error. */
async function ask(source: string, variableValues: Record<string, unknown> = {}, caller = 'router') {
  const contextValue = new Context('catalog', pricing, { viewer: null, caller });
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  return errors?.[0] ?? JSON.parse(JSON.stringify(data));
}

const LIST = `query($query: String, $category: String, $sort: ProductSort, $first: Int, $after: String, $currency: CurrencyCode) {
  products(query: $query, category: $category, sort: $sort, first: $first, after: $after, currency: $currency) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id handle } } }`;

const handlesOf = async (variables: Record<string, unknown>): Promise<string[]> =>
  (await ask(LIST, variables)).products.nodes.map(({ handle }: { handle: string }) => handle);

describe('lists', () => {
  test.each([
    ['NEWEST', ['rug', 'lantern', 'teapot', 'mug', 'bowl']],
    ['PRICE_ASC', ['bowl', 'mug', 'lantern', 'teapot', 'rug']],
    ['PRICE_DESC', ['rug', 'teapot', 'lantern', 'mug', 'bowl']],
    ['TITLE', ['lantern', 'mug', 'rug', 'bowl', 'teapot']],
    ['RELEVANCE', ['rug', 'lantern', 'teapot', 'mug', 'bowl']],
  ])('by %s come in that order, whatever the size of a page', async (sort, expected) => {
    for (const first of [1, 2, 3, 5, 100]) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { products } = await ask(LIST, { sort, first, after });
        expect(products.totalCount).toBe(5);
        expect(products.nodes.length).toBeLessThanOrEqual(first);
        seen.push(...products.nodes.map(({ handle }: { handle: string }) => handle));
        after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null;
      } while (after);
      expect(seen).toEqual(expected);
    }
  });

  test('of a category hold what is below it too', async () => {
    expect(await handlesOf({ category: 'kitchen', sort: 'TITLE' })).toEqual(['mug', 'bowl', 'teapot']);
    expect(await handlesOf({ category: 'teapots' })).toEqual(['teapot']);
    expect(await handlesOf({ category: 'nowhere' })).toEqual([]);
  });

  test('of a seller and of a category hang on them', async () => {
    const page = '{ totalCount nodes { handle } }';
    expect(
      await ask(`{ seller(handle: "kalkhof") { name products(first: 2) ${page} }
        category(handle: "cups") { products ${page} } }`),
    ).toEqual({
      seller: { name: 'Kalkhof', products: { totalCount: 4, nodes: [{ handle: 'lantern' }, { handle: 'teapot' }] } },
      category: { products: { totalCount: 1, nodes: [{ handle: 'mug' }] } },
    });
  });

  test('cost one statement with everything on a card, and a second one when they are counted', async () => {
    const card = `nodes { title seller { name } images { url(width: 320) } options { name values }
      priceRange { min { amount } } variants { nodes { id price { amount } compareAtPrice { amount } } } }`;
    await ask(`{ products { ${card} } }`);
    expect(statements).toHaveBeenCalledTimes(1);
    await ask(`{ products { totalCount ${card} } }`);
    expect(statements).toHaveBeenCalledTimes(3);
  });

  test('in a language are called so where their titles are asked for in none, at no further statement', async () => {
    const list = `query($locale: Locale) { products(locale: $locale, sort: TITLE, query: "clay") {
      nodes { handle title titleLocale description french: title(locale: "fr") seo { title } variants { nodes { title } } }
      facets { by values { label labelLocale } } } }`;
    await ask(list, {});
    const without = statements.mock.calls.length;
    const inGerman = await ask(list, { locale: 'de-AT' });
    expect(statements).toHaveBeenCalledTimes(2 * without);
    const [mug, bowl] = inGerman.products.nodes;
    expect(mug).toEqual({
      ...{ handle: 'mug', title: 'Becher', titleLocale: 'de', description: 'Für Kaffee.', french: 'Tasse' },
      ...{ seo: { title: 'Becher' }, variants: { nodes: [{ title: 'Becher (Indigo)' }, { title: 'Becher (Oat)' }] } },
    });
    expect(bowl).toMatchObject({ title: 'Small clay bowl', titleLocale: 'en' });
    const named = inGerman.products.facets.find(({ by }: { by: string }) => by === 'category').values;
    expect(named).toContainEqual({ label: 'Tassen', labelLocale: 'de' });
    expect(named).toContainEqual({ label: 'Kitchen', labelLocale: 'en' });
    // An unknown one is answered in the shop's own.
    expect((await ask(list, { locale: 'tlh' })).products.nodes[0].title).toBe('Mug');
    expect((await ask(list, { locale: 'constructor' })).extensions.code).toBe('BAD_USER_INPUT');
  });

  test('find what is translated by the words of its translation', async () => {
    expect(await handlesOf({ query: 'becher' })).toEqual(['mug']);
    expect(await handlesOf({ query: 'bechre' })).toEqual(['mug']);
    const { translatedLocales } = await ask('{ translatedLocales }', {}, 'accounts');
    expect(translatedLocales).toEqual(['de', 'fr']);
  });

  test('cost no more however much is searched, filtered and found', async () => {
    const facets = 'facets { by values { value count } }';
    const cost = async (source: string) => {
      statements.mockClear();
      expect(await ask(source)).not.toBeInstanceOf(Error);
      return statements.mock.calls.length;
    };
    // The page, then what is gathered and what its codes stand for; the number of all comes with the facets.
    expect(await cost(`{ products { totalCount ${facets} nodes { id } } }`)).toBe(3);
    // The words are read once, and so are the codes of what is filtered by.
    expect(await cost(`{ products(query: "clay") { totalCount ${facets} nodes { id } } }`)).toBe(4);
    const filters =
      '[{ by: "Color", values: ["Indigo"] }, { by: "price", min: "1" }, { by: "seller", values: ["kalkhof"] }]';
    expect(
      await cost(
        `{ products(query: "clay", category: "kitchen", filters: ${filters}) { totalCount ${facets} nodes { id } } }`,
      ),
    ).toBe(5);
    expect(await cost('{ searchSuggestions(query: "te") { queries products { title } categories { title } } }')).toBe(
      4,
    );
    expect(await cost('{ searchSuggestions(query: "xyl") { queries products { title } categories { title } } }')).toBe(
      1,
    );
  });

  test.each([
    [{ first: 101 }, 'first must be between 0 and 100'],
    [{ first: -1 }, 'first must be between 0 and 100'],
    [{ after: 'nonsense' }, 'after is no cursor'],
    [{ currency: 'XXX' }, 'There are no prices in XXX'],
  ])('refuse %o', async (variables, message) => {
    const error = await ask(LIST, variables);
    expect(error.extensions.code).toBe('BAD_USER_INPUT');
    expect(error.message).toContain(message);
  });

  test('of nothing are empty and still counted', async () => {
    expect(await ask(LIST, { first: 0, currency: 'EUR' })).toEqual({
      products: { totalCount: 5, pageInfo: { hasNextPage: true, endCursor: null }, nodes: [] },
    });
  });
});

describe('search', () => {
  test.each([
    ['teapot', ['teapot']],
    ['teapots', ['teapot']],
    ['TEA', ['teapot']],
    ['indigo', ['mug']],
    ['MUG-OAT', ['mug']],
    ['kalkhof rug', []],
    ['tamlet', ['rug']],
    ['teapto', ['teapot']],
    ['xylophone', []],
    ['hidden', []],
  ])('%s finds %o', async (query, expected) => {
    expect(await handlesOf({ query })).toEqual(expected);
  });

  test('ranks what is in the title above what is in the description', async () => {
    expect(await handlesOf({ query: 'clay' })).toEqual(['bowl', 'mug']);
    expect(await handlesOf({ query: 'clay', sort: 'PRICE_DESC' })).toEqual(['mug', 'bowl']);
  });

  test('keeps to a category and pages through', async () => {
    expect(await handlesOf({ query: 'brass', category: 'kitchen' })).toEqual(['teapot']);
    const { products } = await ask(LIST, { query: 'brass', first: 1 });
    expect(products).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    const next = await ask(LIST, { query: 'brass', first: 1, after: products.pageInfo.endCursor });
    expect(next.products.pageInfo.hasNextPage).toBe(false);
    expect(next.products.nodes[0].handle).not.toBe(products.nodes[0].handle);
  });

  test.each(['!!!', "'", '"open', 'a & | ! ( ) : *', '\\', '-', 'x\u0000y', '%', '🫖', 'the', 'x'.repeat(100_000)])(
    '%j is searched for and not executed',
    async (query) => {
      expect((await ask(LIST, { query })).products.nodes).toBeInstanceOf(Array);
    },
  );
});

describe('a product', () => {
  test('shows all that is its own', async () => {
    const product = `{ id handle title description brand tags createdAt
      category { handle parent { handle children { handle } } } seller { handle }
      images { alt width url(width: 300, format: AVIF) blurDataUrl } options { name values }
      priceRange(currency: "EUR") { min { amount currency } max { amount } } seo { title description }
      variants(first: 1) { totalCount pageInfo { hasNextPage endCursor }
        nodes { id sku title options { name value } image { url } price { amount } compareAtPrice { amount } weightGrams product { id } } }
      variant(options: [{ name: "Color", value: "Oat" }]) { id compareAtPrice { amount } } }`;
    const { product: mug } = await ask(`{ product(handle: "mug") ${product} }`);
    expect(mug).toEqual({
      id: 'prod_mug',
      handle: 'mug',
      title: 'Mug',
      description: 'Holds coffee. Thrown in clay.',
      brand: 'Kiln',
      tags: ['tableware'],
      createdAt: '2026-02-01T00:00:00.000Z',
      category: {
        handle: 'cups',
        parent: { handle: 'kitchen', children: [{ handle: 'cups' }, { handle: 'teapots' }] },
      },
      seller: { handle: 'kalkhof' },
      images: [
        {
          alt: 'Mug',
          width: 1200,
          url: 'http://localhost:4000/files/goods/mug.webp?w=320&f=avif',
          blurDataUrl: 'data:image/webp;base64,AA',
        },
      ],
      options: [{ name: 'Color', values: ['Indigo', 'Oat'] }],
      priceRange: { min: { amount: '19.00', currency: 'EUR' }, max: { amount: '21.50' } },
      seo: { title: 'Mug', description: 'Holds coffee. Thrown in clay.' },
      variants: {
        totalCount: 2,
        pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
        nodes: [
          {
            id: 'var_mug_indigo',
            sku: 'MUG-INDIGO',
            title: 'Mug (Indigo)',
            options: [{ name: 'Color', value: 'Indigo' }],
            image: { url: 'http://localhost:4000/files/goods/mug.webp' },
            price: { amount: '19.00' },
            compareAtPrice: null,
            weightGrams: 300,
            product: { id: 'prod_mug' },
          },
        ],
      },
      variant: { id: 'var_mug_oat', compareAtPrice: { amount: '25.00' } },
    });
    const after = mug.variants.pageInfo.endCursor;
    const next = await ask(
      'query($after: String) { product(id: "prod_mug") { variants(after: $after) { nodes { id } } } }',
      {
        after,
      },
    );
    expect(next.product.variants.nodes).toEqual([{ id: 'var_mug_oat' }]);
  });

  test('is found by id, by handle, or not at all', async () => {
    expect(
      await ask(`{ a: product(id: "prod_rug") { handle } b: product(id: "prod_rug", handle: "mug") { handle }
        c: product(handle: "nothing") { id } d: productsByIds(ids: ["prod_rug", "prod_none", "prod_mug"]) { handle } }`),
    ).toEqual({ a: { handle: 'rug' }, b: null, c: null, d: [{ handle: 'rug' }, null, { handle: 'mug' }] });
    expect((await ask('{ product { id } }')).extensions.code).toBe('BAD_USER_INPUT');
    const many = Array.from({ length: 101 }, (_, i) => `prod_${i}`);
    const tooMany = await ask('query($ids: [ID!]!) { productsByIds(ids: $ids) { id } }', { ids: many });
    expect(tooMany.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('has a choice of options only where they fit exactly', async () => {
    const options = (list: object[]) =>
      ask('query($o: [SelectedOptionInput!]!) { product(id: "prod_mug") { variant(options: $o) { id } } }', {
        o: list,
      });
    expect(await options([])).toEqual({ product: { variant: null } });
    expect(await options([{ name: 'Color', value: 'Rust' }])).toEqual({ product: { variant: null } });
  });

  test('prices in other currencies follow the rate, or what the merchant set; what is not sold is refused', async () => {
    const inDollars = `{ product(id: "prod_mug") { priceRange(currency: "USD") { min { amount } max { amount currency } }
      variants { nodes { price(currency: "USD") { amount } compareAtPrice(currency: "USD") { amount } own: price { amount } } } } }`;
    expect((await ask(inDollars)).product).toEqual({
      priceRange: { min: { amount: '19.99' }, max: { amount: '38.00', currency: 'USD' } },
      variants: {
        nodes: [
          { price: { amount: '38.00' }, compareAtPrice: null, own: { amount: '19.00' } },
          { price: { amount: '19.99' }, compareAtPrice: { amount: '25.00' }, own: { amount: '21.50' } },
        ],
      },
    });
    const error = await ask('{ product(id: "prod_mug") { priceRange(currency: "JPY") { min { amount } } } }');
    expect(error.extensions.code).toBe('BAD_USER_INPUT');
    const ids = ['var_mug_oat', 'var_bowl', 'var_none'];
    const inYen = await ask(variantsForSale.query, { ids, currency: 'JPY' }, 'carts');
    expect(inYen.variantsForSale.map((each: { unitPrice: object } | null) => each?.unitPrice)).toEqual([
      { amount: '3440', currency: 'JPY' },
      { amount: '1920', currency: 'JPY' },
      undefined,
    ]);
  });

  test('a list in another currency is filtered by prices in it, and its range is in it', async () => {
    const list = `{ products(currency: "USD", sort: PRICE_ASC, filters: [{ by: "price", min: "24.00", max: "178.00" }]) {
      totalCount nodes { handle } facets { by min max } } }`;
    const { products } = await ask(list);
    expect(products.nodes.map(({ handle }: { handle: string }) => handle)).toEqual([
      'bowl',
      'mug',
      'lantern',
      'teapot',
    ]);
    expect(products.totalCount).toBe(4);
    expect(products.facets.find(({ by }: { by: string }) => by === 'price')).toMatchObject({
      min: '24.00',
      max: '438.00',
    });
  });
});

describe('what is not published', () => {
  test('is on no page and in no list, and withdrawn variants are not offered', async () => {
    expect(
      await ask(`{ a: product(id: "prod_hidden") { id } b: product(handle: "hidden") { id }
        c: productsByIds(ids: ["prod_hidden"]) { id } d: product(id: "prod_rug") { variants { nodes { id } } } }`),
    ).toEqual({ a: null, b: null, c: [null], d: { variants: { nodes: [{ id: 'var_rug' }] } } });
  });

  test('still resolves as a variant, with its product, in two statements', async () => {
    const entities = `query($r: [_Any!]!) { _entities(representations: $r) {
      ... on Variant { id title image { alt } product { handle } } ... on Product { handle } ... on Seller { name } } }`;
    const ids = ['var_hidden', 'var_none', 'var_withdrawn', 'var_mug_oat'];
    const r = ids.map((id) => ({ __typename: 'Variant', id }));
    expect(await ask(entities, { r })).toEqual({
      _entities: [
        { id: 'var_hidden', title: 'Hidden lamp', image: { alt: 'Hidden lamp' }, product: { handle: 'hidden' } },
        null,
        { id: 'var_withdrawn', title: 'Rug', image: null, product: { handle: 'rug' } },
        { id: 'var_mug_oat', title: 'Mug (Oat)', image: { alt: 'Mug' }, product: { handle: 'mug' } },
      ],
    });
    expect(statements).toHaveBeenCalledTimes(2);
    const others = [
      { __typename: 'Product', id: 'prod_hidden' },
      { __typename: 'Product', id: 'prod_rug' },
      { __typename: 'Seller', id: 'sel_tamlet' },
    ];
    expect(await ask(entities, { r: others })).toEqual({ _entities: [null, { handle: 'rug' }, { name: 'Tamlet' }] });
  });

  test('is told to carts as not sellable', async () => {
    const ids = ['var_withdrawn', 'var_none', 'var_mug_oat', 'var_hidden'];
    const { variantsForSale: found } = await ask(variantsForSale.query, { ids, currency: 'EUR' }, 'carts');
    expect(found.map((variant: { sellable: boolean } | null) => variant?.sellable)).toEqual([
      false,
      undefined,
      true,
      false,
    ]);
    expect(found[2]).toEqual({
      variantId: 'var_mug_oat',
      productId: 'prod_mug',
      categoryIds: ['cat_cups', 'cat_kitchen'],
      sellerId: 'sel_kalkhof',
      sku: 'MUG-OAT',
      title: 'Mug',
      options: [{ name: 'Color', value: 'Oat' }],
      imageUrl: 'http://localhost:4000/files/goods/mug.webp?w=320&f=webp',
      unitPrice: { amount: '21.50', currency: 'EUR' },
      weightGrams: 300,
      sellable: true,
      isGiftCard: false,
    });
    expect(statements).toHaveBeenCalledTimes(1);
    expect((await ask(variantsForSale.query, { ids, currency: 'EUR' })).extensions.code).toBe('FORBIDDEN');
    expect((await ask(variantsForSale.query, { ids, currency: 'XXX' }, 'carts')).extensions.code).toBe(
      'BAD_USER_INPUT',
    );
  });
});

test('the tree begins at its roots, each with its picture', async () => {
  expect(await ask('{ categories { handle image { alt } children { handle } parent { handle } } }')).toEqual({
    categories: [
      { handle: 'kitchen', image: { alt: 'Mug' }, children: [{ handle: 'cups' }, { handle: 'teapots' }], parent: null },
      { handle: 'woven', image: null, children: [], parent: null },
    ],
  });
});

test('a picture cannot be of no width', async () => {
  const error = await ask('{ product(id: "prod_mug") { images { url(width: 0) } } }');
  expect(error.extensions.code).toBe('BAD_USER_INPUT');
});

test('seeding twice changes nothing', async () => {
  await seedCatalog({ ...SEED, products: SEED.products.map((product) => ({ ...product, title: 'Changed' })) });
  expect(await database.prisma.product.count({ where: { title: 'Changed' } })).toBe(0);
  expect(await database.prisma.variant.count()).toBe(8);
});

function product(handle: string, changes: Partial<ProductSeed>, ...variants: ProductSeed['variants']): ProductSeed {
  const title = changes.title ?? handle;
  const images = [
    {
      id: `img_${handle}`,
      key: `goods/${handle}.webp`,
      alt: title,
      width: 1200,
      height: 1200,
      blurDataUrl: 'data:image/webp;base64,AA',
    },
  ];
  return {
    id: `prod_${handle}`,
    handle,
    title,
    description: 'A thing.',
    brand: null,
    tags: [],
    categoryId: 'cat_kitchen',
    sellerId: 'sel_kalkhof',
    options: [],
    createdAt: new Date('2026-01-01T00:00:00Z'),
    images,
    variants,
    ...changes,
  };
}

function variant(id: string, price: number, changes: Partial<ProductSeed['variants'][number]> = {}) {
  const sku = id.slice(4).toUpperCase().replace('_', '-');
  return { id, sku, options: [], imageId: null, price, compareAtPrice: null, weightGrams: 300, ...changes };
}

const SEED: CatalogSeed = {
  categories: [
    {
      id: 'cat_kitchen',
      handle: 'kitchen',
      title: 'Kitchen',
      description: 'Pots.',
      parentId: null,
      imageId: 'img_mug',
    },
    {
      ...{ id: 'cat_cups', handle: 'cups', title: 'Cups', description: null, parentId: 'cat_kitchen', imageId: null },
      translations: { de: { title: 'Tassen' } },
    },
    {
      id: 'cat_teapots',
      handle: 'teapots',
      title: 'Pots for tea',
      description: null,
      parentId: 'cat_kitchen',
      imageId: null,
    },
    { id: 'cat_woven', handle: 'woven', title: 'Woven', description: null, parentId: null, imageId: null },
  ],
  sellers: [
    { id: 'sel_kalkhof', handle: 'kalkhof', name: 'Kalkhof' },
    { id: 'sel_tamlet', handle: 'tamlet', name: 'Tamlet' },
  ],
  products: [
    product(
      'mug',
      {
        title: 'Mug',
        description: 'Holds coffee. Thrown in clay.',
        brand: 'Kiln',
        tags: ['tableware'],
        categoryId: 'cat_cups',
        translations: { de: { title: 'Becher', description: 'Für Kaffee.' }, fr: { title: 'Tasse' } },
        options: [{ name: 'Color', values: ['Indigo', 'Oat'] }],
        createdAt: new Date('2026-02-01T00:00:00Z'),
      },
      variant('var_mug_indigo', 1_900, { options: [{ name: 'Color', value: 'Indigo' }], imageId: 'img_mug' }),
      variant('var_mug_oat', 2_150, {
        options: [{ name: 'Color', value: 'Oat' }],
        imageId: 'img_mug',
        compareAtPrice: 2_500,
      }),
    ),
    product(
      'teapot',
      { title: 'Teapot of brass', categoryId: 'cat_teapots', createdAt: new Date('2026-03-01T00:00:00Z') },
      variant('var_teapot', 8_900),
    ),
    product('bowl', { title: 'Small clay bowl' }, variant('var_bowl', 1_200)),
    product(
      'lantern',
      { title: 'Brass lantern', categoryId: 'cat_woven', createdAt: new Date('2026-04-01T00:00:00Z') },
      variant('var_lantern', 8_900),
    ),
    product(
      'rug',
      { title: 'Rug', categoryId: 'cat_woven', sellerId: 'sel_tamlet', createdAt: new Date('2026-05-01T00:00:00Z') },
      variant('var_rug', 21_900),
      variant('var_withdrawn', 21_900),
    ),
    product('hidden', { title: 'Hidden lamp' }, variant('var_hidden', 100, { imageId: 'img_hidden' })),
  ],
};
