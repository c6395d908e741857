import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '#platform/auth/viewer.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from './database.ts';
import { ask, mutate, register } from './testing/accounts-api.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

const HOME = { name: 'Ada', line1: 'Rue du Marché 3', city: 'Lyon', postalCode: '69002', country: 'FR' };
const NOTHING = { line2: null, region: null, phone: null };
const ALL = 'address { id name line1 line2 city region postalCode country phone isDefault }';
const NOT_FOUND = {
  address: null,
  userErrors: [{ code: 'ADDRESS_NOT_FOUND', message: 'There is no such address in your book.', path: ['input', 'id'] }],
};

const create = (viewer: Viewer | null, input: object = {}) =>
  mutate('addressCreate', ALL, { ...HOME, ...input }, viewer);
const update = (viewer: Viewer, input: object) => mutate('addressUpdate', ALL, input, viewer);
const remove = (viewer: Viewer, id: string) => mutate('addressDelete', ALL, { id }, viewer);
const book = async (viewer: Viewer) =>
  (await ask(`{ me { addresses { id name isDefault } } }`, {}, viewer)).data.me.addresses;

test('a book of addresses: the first is the default, a new default takes its place, the default comes first', async () => {
  const { viewer } = await register();
  const { address: first } = await create(viewer);
  expect(first).toEqual({ ...HOME, ...NOTHING, id: first.id, isDefault: true });
  const { address: second } = await create(viewer, { name: ' Office ', line2: '  ', region: 'Rhône' });
  expect(second).toEqual({ ...HOME, ...NOTHING, id: second.id, name: 'Office', region: 'Rhône', isDefault: false });
  const { address: changed } = await update(viewer, { id: second.id, isDefault: true, region: null, city: 'Bron' });
  expect(changed).toEqual({ ...second, city: 'Bron', region: null, isDefault: true });
  expect(await book(viewer)).toEqual([
    { id: second.id, name: 'Office', isDefault: true },
    { id: first.id, name: 'Ada', isDefault: false },
  ]);
  expect((await remove(viewer, second.id)).address).toEqual(changed);
  expect(await book(viewer)).toEqual([{ id: first.id, name: 'Ada', isDefault: false }]);
  expect(await remove(viewer, second.id)).toEqual(NOT_FOUND);
});

test('twelve new defaults at once leave one', async () => {
  const { viewer } = await register();
  const answers = await Promise.all(Array.from({ length: 12 }, () => create(viewer, { isDefault: true })));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  const { length, 0: first } = (await book(viewer)).filter((address: { isDefault: boolean }) => address.isDefault);
  expect([length, (await book(viewer)).length]).toEqual([1, 12]);
  expect(first.isDefault).toBe(true);
});

test('the book holds fifty addresses, also when several are added at once', async () => {
  const { viewer, id } = await register();
  await database.prisma.address.createMany({
    data: Array.from({ length: 48 }, (_, i) => ({ ...HOME, id: `adr_filler${i}${id}`, customerId: id })),
  });
  const answers = await Promise.all(Array.from({ length: 5 }, () => create(viewer)));
  const codes = answers.flatMap(({ userErrors }) => userErrors.map((error: { code: string }) => error.code));
  expect(codes).toEqual(Array(3).fill('ADDRESS_INVALID'));
  expect(await database.prisma.address.count({ where: { customerId: id } })).toBe(50);
});

test("39: another's address answers like one that does not exist, and stays as it is", async () => {
  const [owner, stranger] = [await register(), await register()];
  const { address } = await create(owner.viewer);
  const ids = [
    address.id,
    'adr_01JD0000000000000000000000',
    'adr_\0',
    `adr_${'\0'.repeat(26)}`,
    '',
    'x'.repeat(100_000),
  ];
  for (const id of ids) {
    expect(await update(stranger.viewer, { id, city: 'Paris' })).toEqual(NOT_FOUND);
    expect(await remove(stranger.viewer, id)).toEqual(NOT_FOUND);
  }
  expect((await update(owner.viewer, { id: address.id })).address).toEqual(address);
});

test('guests are told to sign in', async () => {
  await expect(create(null)).rejects.toThrow('UNAUTHENTICATED');
});

test('44: lines of any script are kept, unwritable and endless ones are refused with the line', async () => {
  const { viewer } = await register();
  const { address } = await create(viewer, { name: 'سلمى حداد', line1: '北京路 3', city: "Zoë's 🌊" });
  expect(address).toMatchObject({ name: 'سلمى حداد', line1: '北京路 3', city: "Zoë's 🌊" });
  const odd = [
    ['name', 'A\0da'],
    ['name', '\ud800'],
    ['name', ''],
    ['line1', ' \t '],
    ['line2', 'x'.repeat(1_000_000)],
    ['city', 'two\nlines'],
    ['postalCode', '1'.repeat(21)],
    ['phone', 'a\u2028b'],
    ['phone', 'a\u0007b'],
    ['country', 'US'],
    ['country', 'ZZ'],
  ];
  for (const [field = '', text] of odd) {
    const { userErrors } = await update(viewer, { id: address.id, [field]: text });
    expect(userErrors.map((error: { code: string; path: string[] }) => [error.code, error.path])).toEqual([
      ['ADDRESS_INVALID', ['input', field]],
    ]);
  }
  expect((await update(viewer, { id: address.id, name: null })).userErrors[0].code).toBe('ADDRESS_INVALID');
  expect((await update(viewer, { id: address.id })).address).toEqual(address);
});
