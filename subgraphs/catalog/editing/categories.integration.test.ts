import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from '../database.ts';
import { ask, edit, emptyCatalog, MUG, SELLER, STAFF } from '../testing/catalog-api.ts';
import { SHOP_EDITOR } from './editor.ts';
import { lockProducts } from './product.records.ts';
import { editProducts } from './save-products.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());
beforeEach(emptyCatalog);

const TYPES: Record<string, string> = {
  categoryCreate: 'CategoryCreateInput',
  categoryUpdate: 'CategoryUpdateInput',
  categoryMove: 'CategoryMoveInput',
  categoryTranslate: 'CategoryTranslateInput',
};

async function write(mutation: string, input: object, who = STAFF) {
  const answer = await ask(
    `mutation($input: ${TYPES[mutation]}!) { ${mutation}(input: $input) {
      category { id handle title description parent { handle } children { handle } } userErrors { code path } } }`,
    { input },
    who,
  );
  return answer[mutation] ?? answer;
}

const tree = async () =>
  (await ask('{ categories { handle children { handle children { handle children { handle } } } } }')).categories.map(
    flat,
  );

const flat = ({ handle, children = [] }: { handle: string; children?: never[] }): unknown =>
  children.length ? [handle, children.map(flat)] : handle;

const listed = async (category: string, query?: string) =>
  (
    await ask(
      'query($category: String, $query: String) { products(category: $category, query: $query) { nodes { handle } } }',
      {
        ...{ category, query },
      },
    )
  ).products.nodes.length;

test('a category is made at the end of its siblings, and edited', async () => {
  const { category, userErrors } = await write('categoryCreate', { title: 'Tea Pots', parentId: 'cat_kitchen' });
  expect([category.handle, category.parent, userErrors]).toEqual(['tea-pots', { handle: 'kitchen' }, []]);
  expect(await tree()).toEqual([['kitchen', ['cups', 'tea-pots']], 'woven']);
  const edited = await write('categoryUpdate', { id: category.id, handle: 'teapots', description: 'For tea.' });
  expect(edited.category).toMatchObject({ handle: 'teapots', title: 'Tea Pots', description: 'For tea.' });
  for (const [mutation, input, code] of [
    ['categoryCreate', { title: 'Cups' }, 'HANDLE_TAKEN'],
    ['categoryCreate', { title: '\u0000' }, 'TITLE_INVALID'],
    ['categoryCreate', { title: 'Lost', parentId: 'cat_none' }, 'CATEGORY_NOT_FOUND'],
    ['categoryCreate', { title: 'Lost', parentId: '\u0000' }, 'CATEGORY_NOT_FOUND'],
    ['categoryUpdate', { id: '\u0000', title: 'X' }, 'CATEGORY_NOT_FOUND'],
    ['categoryUpdate', { id: category.id, handle: 'cups' }, 'HANDLE_TAKEN'],
    ['categoryUpdate', { id: category.id, handle: 'A b' }, 'HANDLE_INVALID'],
  ] as const)
    expect((await write(mutation, input)).userErrors.map((error: { code: string }) => error.code)).toEqual([code]);
  expect(await database.prisma.category.count()).toBe(4);
  expect((await write('categoryCreate', { title: 'Mine' }, SELLER)).extensions.code).toBe('FORBIDDEN');
});

test('moving one takes along what is below it: lists, search, and what its products know', async () => {
  await edit('productCreate', MUG);
  expect([await listed('kitchen'), await listed('woven')]).toEqual([1, 0]);
  await write('categoryMove', { id: 'cat_cups', parentId: 'cat_woven' });
  expect(await tree()).toEqual(['kitchen', ['woven', ['cups']]]);
  expect([await listed('kitchen'), await listed('woven'), await listed('cups')]).toEqual([0, 1, 1]);
  await write('categoryUpdate', { id: 'cat_woven', title: 'Textiles' });
  expect([await listed('cups', 'textiles'), await listed('cups', 'woven')]).toEqual([1, 0]);
  const { catalogChanges } = await ask(
    '{ catalogChanges(subjectId: "cat_cups") { nodes { deed actorId fields { field before after } } } }',
    {},
    STAFF,
  );
  expect(catalogChanges.nodes).toEqual([
    {
      ...{ deed: 'MOVED', actorId: 'cus_staff' },
      fields: [{ field: 'parentId', before: 'cat_kitchen', after: 'cat_woven' }],
    },
  ]);
});

test('siblings are put in order', async () => {
  for (const title of ['A', 'B', 'C']) await write('categoryCreate', { title, parentId: 'cat_woven' });
  const [a, , c] = (
    await database.prisma.category.findMany({ where: { parentId: 'cat_woven' }, orderBy: { position: 'asc' } })
  ).map(({ id }) => id);
  await write('categoryMove', { id: c, parentId: 'cat_woven', position: 0 });
  expect((await tree())[1]).toEqual(['woven', ['c', 'a', 'b']]);
  await write('categoryMove', { id: a, parentId: 'cat_woven' });
  expect((await tree())[1]).toEqual(['woven', ['c', 'b', 'a']]);
  await write('categoryMove', { id: 'cat_woven', position: 0 });
  expect((await tree()).map((one: unknown) => [one].flat()[0])).toEqual(['woven', 'kitchen']);
});

test('nothing is moved below itself, also by two moves at once, and no tree is too deep', async () => {
  const path = ['input', 'parentId'];
  for (const parentId of ['cat_kitchen', 'cat_cups'])
    expect((await write('categoryMove', { id: 'cat_kitchen', parentId })).userErrors).toEqual([
      { code: 'CYCLE', path },
    ]);
  const [a, b] = await Promise.all([
    write('categoryMove', { id: 'cat_kitchen', parentId: 'cat_woven' }),
    write('categoryMove', { id: 'cat_woven', parentId: 'cat_kitchen' }),
  ]);
  expect([...a.userErrors, ...b.userErrors]).toEqual([{ code: 'CYCLE', path }]);
  let parentId = 'cat_cups';
  const codes: string[] = [];
  for (let level = 4; level <= 9; level++) {
    const { category, userErrors } = await write('categoryCreate', { title: `Level ${level}`, parentId });
    codes.push(...userErrors.map((error: { code: string }) => error.code));
    parentId = category?.id ?? parentId;
  }
  expect(codes).toEqual(['TOO_DEEP']);
});

test('a product that is put into a category while that moves knows where it is', async () => {
  const { product } = await edit('productCreate', { ...MUG, category: 'woven' });
  let isWritten = () => {};
  const written = new Promise<void>((resolve) => {
    isWritten = resolve;
  });
  const put = editProducts(
    'UPDATED',
    SHOP_EDITOR,
    async (client) =>
      [...(await lockProducts(client, [product.id])).values()].map((before) => ({
        ...{ before, after: { ...before, categoryId: 'cat_cups' } },
      })),
    {
      async afterwards() {
        isWritten();
        await sleep(200);
      },
    },
  );
  await written;
  const moved = await write('categoryMove', { id: 'cat_cups', parentId: 'cat_woven' });
  await put;
  expect(moved.userErrors).toEqual([]);
  const { categoryIds } = await database.prisma.product.findUniqueOrThrow({ where: { id: product.id } });
  expect(categoryIds).toEqual(['cat_cups', 'cat_woven']);
});

test('products and categories have names in other languages, else their own', async () => {
  const { product } = await edit('productCreate', MUG);
  const input = { id: product.id, locale: 'de', title: 'Becher', description: 'Für Kaffee.' };
  expect((await edit('productTranslate', input)).userErrors).toEqual([]);
  await edit('productTranslate', { id: product.id, locale: 'fr', title: 'Tasse' });
  await write('categoryTranslate', { id: 'cat_cups', locale: 'de', title: 'Tassen' });
  const names = async (locale: string | null) => {
    const { product: mug } = await ask(
      `query($locale: Locale) { product(handle: "mug") { title(locale: $locale) description(locale: $locale)
        category { title(locale: $locale) } variants { nodes { title(locale: $locale) } } } }`,
      { locale },
    );
    return [mug.title, mug.description, mug.category.title, mug.variants.nodes[0].title];
  };
  expect(await names('de')).toEqual(['Becher', 'Für Kaffee.', 'Tassen', 'Becher (Indigo)']);
  expect(await names('de-AT')).toEqual(await names('de'));
  expect(await names('fr')).toEqual(['Tasse', 'Holds coffee.', 'Cups', 'Tasse (Indigo)']);
  expect(await names('es')).toEqual(['Mug', 'Holds coffee.', 'Cups', 'Mug (Indigo)']);
  expect(await names(null)).toEqual(await names('es'));
  // Tags mean the same in any case (RFC 5646, section 2.1.1).
  expect(await names('DE-at')).toEqual(await names('de'));
  const found = await ask('{ products(query: "tassen") { nodes { handle } } }');
  expect(found.products.nodes).toEqual([{ handle: 'mug' }]);
  const spoken = await ask(`{ product(handle: "mug") {
    de: titleLocale(locale: "de-AT") fr: descriptionLocale(locale: "fr") none: titleLocale
    seo(locale: "fr") { title description } category { titleLocale(locale: "de") descriptionLocale(locale: "de") } } }`);
  expect(spoken.product).toEqual({
    ...{ de: 'de', fr: 'en', none: 'en', seo: { title: 'Tasse', description: 'Holds coffee.' } },
    category: { titleLocale: 'de', descriptionLocale: 'en' },
  });
  await edit('productTranslate', { id: product.id, locale: 'de', title: null });
  expect((await names('de-AT'))[0]).toBe('Mug');
  const bad = await edit('productTranslate', { id: product.id, locale: 'de', title: '' });
  expect(bad.userErrors[0].code).toBe('TITLE_INVALID');
});
