import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { live } from '#platform/live/live.ts';
import { setRoutes } from '#platform/outbox/routes.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from '../database.ts';
import { ask, edit, emptyCatalog, eur, MUG, SELLER, SHOPPER, STAFF, STRANGER } from '../testing/catalog-api.ts';
import { variantsForSale } from '../variants-for-sale.ts';
import { publishDue } from './publish-product.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
  setRoutes({ 'catalog.products-changed.v1': ['inventory-stock-new-variants'] });
});
afterAll(() => close());
beforeEach(emptyCatalog);

const shown = async (handle: string) =>
  (await ask('query($handle: String) { product(handle: $handle) { handle title } }', { handle })).product;

const events = async () =>
  (await database.prisma.outbox.findMany({ orderBy: { id: 'asc' } })).map(
    ({ payload }) => (payload as { products: object[] }).products,
  );

const changesOf = async (subjectId: string, who = STAFF) =>
  (
    await ask(
      'query($subjectId: ID) { catalogChanges(subjectId: $subjectId) { totalCount nodes { deed actorId source fields { field before after } } } }',
      { subjectId },
      who,
    )
  ).catalogChanges;

describe('a product is made', () => {
  test('with its variants, options, category and address, and its stock is asked for', async () => {
    const { product, userErrors } = await edit('productCreate', MUG, SELLER);
    expect(userErrors).toEqual([]);
    expect(product).toMatchObject({
      ...{ handle: 'mug', version: 1, published: true, title: 'Mug', brand: 'Kiln', tags: ['tableware'] },
      ...{ category: { handle: 'cups' }, seller: { handle: 'kalkhof' } },
      options: [{ name: 'Color', values: ['Indigo', 'Oat'] }],
    });
    expect(product.variants.nodes).toMatchObject([
      { sku: 'MUG-INDIGO', title: 'Mug (Indigo)', weightGrams: 300, price: eur('19.00'), compareAtPrice: null },
      { sku: 'MUG-OAT', title: 'Mug (Oat)', weightGrams: 0, price: eur('21.50'), compareAtPrice: { amount: '25.00' } },
    ]);
    expect(await shown('mug')).toEqual({ handle: 'mug', title: 'Mug' });
    const { products } = await ask('{ products(query: "coffee", category: "kitchen") { nodes { handle } } }');
    expect(products.nodes).toEqual([{ handle: 'mug' }]);
    const newVariants = product.variants.nodes.map(({ id }: { id: string }) => ({ variantId: id, onHand: 0 }));
    expect(await events()).toEqual([
      [{ productId: product.id, version: 1, published: true, deleted: false, newVariants }],
    ]);
  });

  test('under a free handle where none is wished for, and not under one that is taken', async () => {
    await edit('productCreate', MUG);
    const again = { ...MUG, variants: [{ sku: 'MUG-3', price: eur('1') }] };
    expect((await edit('productCreate', again)).product.handle).toBe('mug-2');
    expect((await edit('productCreate', { ...again, handle: 'mug' })).userErrors).toEqual([
      {
        code: 'HANDLE_TAKEN',
        message: 'Another product has the handle mug. Choose another.',
        path: ['input', 'handle'],
      },
    ]);
    expect(await database.prisma.product.count()).toBe(2);
  });

  test.each([
    ['SKU_TAKEN', { variants: [{ sku: 'MUG-OAT', price: eur('1') }] }],
    ['SKU_TAKEN', { variants: [...MUG.variants, { ...MUG.variants[0]!, options: [{ name: 'Color', value: 'Red' }] }] }],
    ['SKU_INVALID', { variants: [{ sku: ' ', price: eur('1') }] }],
    ['TITLE_INVALID', { title: ' ' }],
    ['TITLE_INVALID', { title: 'a\u0000b' }],
    ['TITLE_INVALID', { title: 'x'.repeat(1_000_000) }],
    ['TEXT_INVALID', { description: 'x'.repeat(20_001) }],
    ['TEXT_INVALID', { tags: ['one\ntwo'] }],
    ['HANDLE_INVALID', { handle: 'Mug of clay' }],
    ['HANDLE_INVALID', { handle: '../etc' }],
    ['PRICE_INVALID', { variants: [{ sku: 'A', price: eur('-1') }] }],
    ['PRICE_INVALID', { variants: [{ sku: 'A', price: eur('1.999') }] }],
    ['PRICE_INVALID', { variants: [{ sku: 'A', price: { amount: '1', currency: 'USD' } }] }],
    ['PRICE_INVALID', { variants: [{ sku: 'A', price: eur('2'), compareAtPrice: eur('2') }] }],
    ['PRICE_INVALID', { variants: [{ sku: 'A', price: eur('999999999999999') }] }],
    ['TITLE_INVALID', { variants: [{ sku: 'A', price: eur('2'), title: 'x'.repeat(201) }] }],
    ['WEIGHT_INVALID', { variants: [{ sku: 'A', price: eur('2'), weightGrams: -1 }] }],
    ['CATEGORY_NOT_FOUND', { category: 'nowhere' }],
    ['CATEGORY_NOT_FOUND', { category: '\u0000' }],
    ['SELLER_NOT_FOUND', { seller: 'nobody' }],
    ['SELLER_NOT_FOUND', { seller: null }],
    ['VARIANTS_INVALID', { variants: [] }],
    ['VARIANT_NOT_FOUND', { variants: [{ id: 'var_1', sku: 'A', price: eur('2') }] }],
    ['OPTIONS_INVALID', { options: [{ name: 'Size', values: ['S'] }] }],
    ['OPTIONS_INVALID', { options: [{ name: 'Color', values: [] }] }],
    ['OPTIONS_INVALID', { variants: MUG.variants.map((one) => ({ ...one, options: MUG.variants[0]!.options })) }],
    ['TIME_INVALID', { publishAt: '2020-01-01T00:00:00Z' }],
  ])('44: unless it is %s (%#), and then nothing is written', async (code, changes) => {
    await edit('productCreate', { ...MUG, handle: 'first' });
    const { product, userErrors } = await edit('productCreate', {
      ...MUG,
      variants: [{ sku: 'OTHER', options: [{ name: 'Color', value: 'Oat' }], price: eur('1') }],
      ...changes,
    });
    expect([product ?? null, userErrors.map((error: { code: string }) => error.code)]).toEqual([null, [code]]);
    expect(await database.prisma.product.count()).toBe(1);
    expect(await database.prisma.change.count()).toBe(1);
  });
});

describe('a product is edited', () => {
  let mug: { id: string; variants: { nodes: { id: string; sku: string }[] } };
  beforeEach(async () => {
    mug = (await edit('productCreate', MUG)).product;
  });

  test('a variant has a title of its own, until it is taken away; left out it stays', async () => {
    const [indigo, oat] = MUG.variants;
    const titlesWith = async (title: { title?: string | null }) => {
      const input = { id: mug.id, variants: [{ ...indigo, ...title }, oat] };
      const { product, userErrors } = await edit('productUpdate', input);
      expect(userErrors).toEqual([]);
      return product.variants.nodes.map((one: { title: string }) => one.title);
    };
    expect(await titlesWith({ title: ' Midnight mug ' })).toEqual(['Midnight mug', 'Mug (Oat)']);
    expect(await titlesWith({})).toEqual(['Midnight mug', 'Mug (Oat)']);
    await edit('productTranslate', { id: mug.id, locale: 'de', title: 'Becher' });
    const [first, second] = mug.variants.nodes;
    const reference = (id: string) => `{ __typename: "Variant", id: "${id}" }`;
    const { _entities } = await ask(`{ _entities(representations: [${reference(first!.id)}, ${reference(second!.id)}]) {
      ... on Variant { title(locale: "de") } } }`);
    expect(_entities).toEqual([{ title: 'Midnight mug' }, { title: 'Becher (Oat)' }]);
    const { products } = await ask('{ products(query: "midnight") { nodes { handle } } }');
    expect(products.nodes).toEqual([{ handle: 'mug' }]);
    const { nodes } = await changesOf(mug.id);
    expect(nodes.at(-2).fields).toEqual([{ field: 'variants.MUG-INDIGO.title', before: null, after: 'Midnight mug' }]);
    const [line] = await variantsForSale([first!.id]);
    expect(line?.title).toBe('Midnight mug');
    expect(await titlesWith({ title: null })).toEqual(['Mug (Indigo)', 'Mug (Oat)']);
  });

  test('field by field, and what was and is is kept with who it was', async () => {
    const input = { id: mug.id, title: 'Big mug', brand: null, category: null, seo: { title: 'Mugs' } };
    const { product } = await edit('productUpdate', input);
    expect(product).toMatchObject({ title: 'Big mug', brand: null, category: null, version: 2 });
    expect(product.seo.title).toBe('Mugs');
    expect(product.variants.nodes[0].title).toBe('Big mug (Indigo)');
    const { totalCount, nodes } = await changesOf(mug.id);
    expect([totalCount, nodes[0]]).toEqual([
      2,
      {
        ...{ deed: 'UPDATED', actorId: 'cus_staff', source: null },
        fields: [
          { field: 'title', before: 'Mug', after: 'Big mug' },
          { field: 'brand', before: 'Kiln', after: null },
          { field: 'categoryId', before: 'cat_cups', after: null },
          { field: 'seoTitle', before: null, after: 'Mugs' },
        ],
      },
    ]);
    const { products } = await ask('{ products(query: "big") { nodes { handle } } }');
    expect(products.nodes).toEqual([{ handle: 'mug' }]);
  });

  test('to what it is already: nothing is written or announced', async () => {
    const { product } = await edit('productUpdate', { id: mug.id, title: 'Mug', variants: MUG.variants });
    expect(product.version).toBe(1);
    expect(await events()).toHaveLength(1);
    expect((await changesOf(mug.id)).totalCount).toBe(1);
  });

  test('2: at the version that was seen; of two at once with one version one is refused', async () => {
    const stale = await edit('productUpdate', { id: mug.id, title: 'Late', expectedVersion: 7 });
    expect(stale.userErrors[0]).toMatchObject({ code: 'PRODUCT_CHANGED', path: ['input', 'expectedVersion'] });
    const titles = ['One', 'Two', 'Three', 'Four'];
    const answers = await Promise.all(
      titles.map((title) => edit('productUpdate', { id: mug.id, title, expectedVersion: 1 })),
    );
    const won = answers.findIndex(({ userErrors }) => userErrors.length === 0);
    expect(answers.filter(({ userErrors }) => userErrors[0]?.code === 'PRODUCT_CHANGED')).toHaveLength(3);
    expect(await shown('mug')).toEqual({ handle: 'mug', title: titles[won] });
  });

  test('by two at once without a version: both are done, none is lost', async () => {
    await Promise.all([
      edit('productUpdate', { id: mug.id, title: 'Cup' }),
      edit('productUpdate', { id: mug.id, description: 'Holds tea.' }),
      edit('productUpdate', { id: mug.id, tags: ['tea'] }),
    ]);
    const { product } = await edit('productUpdate', { id: mug.id });
    expect(product).toMatchObject({ title: 'Cup', description: 'Holds tea.', tags: ['tea'], version: 4 });
  });

  test('its price shows at once in carts', async () => {
    const [indigo] = mug.variants.nodes;
    const variants = [{ ...MUG.variants[0], price: eur('18.00') }, MUG.variants[1]];
    const changed: string[] = [];
    const stop = live.followAll('cache:', (topic) => changed.push(topic));
    const { product } = await edit('productUpdate', { id: mug.id, variants });
    stop();
    expect(product.variants.nodes.map(({ id }: { id: string }) => id)).toEqual(mug.variants.nodes.map(({ id }) => id));
    expect((await variantsForSale([indigo!.id]))[0]).toMatchObject({ unitPrice: eur('18.00'), sellable: true });
    expect(changed).toEqual(['cache:Product', `cache:Product:${mug.id}`, `cache:Variant:${indigo!.id}`]);
    const { products } = await ask('{ products { nodes { priceRange { min { amount } } } } }');
    expect(products.nodes).toEqual([{ priceRange: { min: { amount: '18.00' } } }]);
  });

  test('5: a variant that is left out is sold no more, still known, and comes back under its SKU', async () => {
    const [indigo, oat] = mug.variants.nodes;
    const left = await edit('productUpdate', { id: mug.id, variants: [MUG.variants[1]] });
    expect(left.product.variants.nodes.map(({ id }: { id: string }) => id)).toEqual([oat!.id]);
    expect(left.product.options).toEqual([{ name: 'Color', values: ['Oat'] }]);
    expect(await variantsForSale([indigo!.id, oat!.id])).toMatchObject([{ sellable: false }, { sellable: true }]);
    const other = { ...MUG, title: 'Other', variants: [{ sku: 'MUG-INDIGO', price: eur('1') }] };
    const takes = await edit('productCreate', other);
    expect(takes.userErrors).toEqual([]);
    const refused = await edit('productUpdate', { id: mug.id, variants: MUG.variants });
    expect(refused.userErrors[0]).toMatchObject({ code: 'SKU_TAKEN', message: expect.stringContaining('MUG-INDIGO') });
    await edit('productDelete', { id: takes.product.id });
    const back = await edit('productUpdate', { id: mug.id, variants: MUG.variants });
    expect(back.product.variants.nodes.map(({ id }: { id: string }) => id)).toEqual([indigo!.id, oat!.id]);
  });

  test('variants change their SKUs for each other’s, and their order', async () => {
    const [indigo, oat] = mug.variants.nodes;
    const variants = [
      { ...MUG.variants[1], id: oat!.id, sku: 'MUG-INDIGO' },
      { ...MUG.variants[0], id: indigo!.id, sku: 'MUG-OAT' },
    ];
    const { product, userErrors } = await edit('productUpdate', { id: mug.id, variants });
    expect(userErrors).toEqual([]);
    expect(product.variants.nodes).toMatchObject([
      { id: oat!.id, sku: 'MUG-INDIGO' },
      { id: indigo!.id, sku: 'MUG-OAT' },
    ]);
  });

  test('its former addresses lead to it, until another product takes them', async () => {
    await edit('productUpdate', { id: mug.id, handle: 'cup' });
    await edit('productUpdate', { id: mug.id, handle: 'beaker' });
    expect(await Promise.all(['mug', 'cup', 'beaker'].map(shown))).toEqual(
      Array(3).fill({ handle: 'beaker', title: 'Mug' }),
    );
    const other = { ...MUG, handle: 'mug', title: 'Other', variants: [{ sku: 'X', price: eur('1') }] };
    expect((await edit('productCreate', other)).userErrors).toEqual([]);
    expect(await shown('mug')).toEqual({ handle: 'mug', title: 'Other' });
    await edit('productUpdate', { id: mug.id, handle: 'cup' });
    expect(await Promise.all(['cup', 'beaker'].map(shown))).toEqual(Array(2).fill({ handle: 'cup', title: 'Mug' }));
  });

  test('is withdrawn, published again, and published at its time', async () => {
    const [indigo] = mug.variants.nodes;
    await edit('productUnpublish', { id: mug.id });
    expect([await shown('mug'), (await variantsForSale([indigo!.id]))[0]?.sellable]).toEqual([null, false]);
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const { product } = await edit('productPublish', { id: mug.id, at });
    expect(product).toMatchObject({ published: false, publishAt: at });
    await publishDue();
    expect(await shown('mug')).toBeNull();
    await database.prisma.product.updateMany({ data: { publishAt: new Date(Date.now() - 1_000) } });
    await Promise.all([publishDue(), publishDue(), publishDue()]);
    expect(await shown('mug')).toMatchObject({ title: 'Mug' });
    expect((await changesOf(mug.id)).nodes[0]).toMatchObject({ deed: 'PUBLISHED', actorId: null, source: 'schedule' });
    expect((await changesOf(mug.id)).totalCount).toBe(4);
  });

  test('is deleted for good, lets go of its names, and carts still know what it was', async () => {
    const [indigo] = mug.variants.nodes;
    expect((await edit('productDelete', { id: mug.id, expectedVersion: 1 })).userErrors).toEqual([]);
    expect((await edit('productDelete', { id: mug.id })).userErrors[0].code).toBe('PRODUCT_NOT_FOUND');
    expect((await edit('productPublish', { id: mug.id })).userErrors[0].code).toBe('PRODUCT_NOT_FOUND');
    expect((await variantsForSale([indigo!.id]))[0]).toMatchObject({ title: 'Mug', sellable: false });
    expect((await edit('productCreate', MUG)).product.handle).toBe('mug');
    expect((await events()).at(1)).toMatchObject([{ productId: mug.id, deleted: true, published: false }]);
  });

  test('39: by nobody but its seller and staff: for others it is not there', async () => {
    const rug = (await edit('productCreate', { ...MUG, seller: 'tamlet', variants: [{ sku: 'RUG', price: eur('9') }] }))
      .product;
    for (const [id, who] of [
      [rug.id, SELLER],
      [mug.id, STRANGER],
      ['prod_none', STAFF],
      ['\u0000', STAFF],
    ] as const) {
      for (const mutation of ['productUpdate', 'productUnpublish', 'productPublish', 'productDelete']) {
        const { product, userErrors } = await edit(mutation, { id }, who);
        expect([product ?? null, userErrors[0].code, userErrors[0].path]).toEqual([
          null,
          'PRODUCT_NOT_FOUND',
          ['input', 'id'],
        ]);
      }
      const managed = await ask('query($id: ID!) { managedProduct(id: $id) { id } }', { id }, who);
      expect(managed.managedProduct).toBeNull();
      expect((await changesOf(id, who)).totalCount).toBe(0);
    }
    const list = '{ managedProducts(published: true) { totalCount nodes { id } } }';
    expect((await ask(list, {}, SELLER)).managedProducts).toEqual({ totalCount: 1, nodes: [{ id: mug.id }] });
    expect((await ask(list, {}, STAFF)).managedProducts.totalCount).toBe(2);
    expect((await edit('productUpdate', { id: mug.id, title: 'Mine' }, SELLER)).product.title).toBe('Mine');
    expect((await edit('productCreate', { ...MUG, seller: 'tamlet' }, SELLER)).userErrors[0].code).toBe(
      'SELLER_NOT_FOUND',
    );
    expect((await edit('productUpdate', { id: mug.id }, SHOPPER)).extensions.code).toBe('FORBIDDEN');
    expect((await edit('productUpdate', { id: mug.id }, null as never)).extensions.code).toBe('UNAUTHENTICATED');
  });
});
