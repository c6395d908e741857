import { parse, subscribe } from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from '../database.ts';
import { catalog } from '../subgraph.ts';
import { ask, emptyCatalog, SELLER, SHOPPER, STAFF, STRANGER } from '../testing/catalog-api.ts';
import { runNextImport } from './run-imports.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());
beforeEach(async () => {
  await emptyCatalog();
  await database.prisma.importJob.deleteMany();
});

const FIELDS =
  'id state dryRun rows created updated unchanged failed problems { line column code } ignoredColumns failure';
const TYPES: Record<string, string> = {
  productImportCreate: 'ProductImportCreateInput',
  productImportAppend: 'ProductImportPartInput',
  productImportStart: 'ProductImportStartInput',
};

async function write(mutation: string, input: object, who = SELLER) {
  const source = `mutation($input: ${TYPES[mutation]}!) { ${mutation}(input: $input) { import { ${FIELDS} } userErrors { code } } }`;
  const answer = await ask(source, { input }, who);
  return answer[mutation] ?? answer;
}

const read = async (id: string, who = SELLER) =>
  (await ask(`query($id: ID!) { productImport(id: $id) { ${FIELDS} } }`, { id }, who)).productImport;

const FILE = Array.from({ length: 250 }, (_, at) => `Mug ${at},mug-${at},MUG-${at},${at === 7 ? 'free' : '19.00'}`);
const CSV = ['Title,URL handle,SKU,Price', ...FILE].join('\n');

/** The file in parts that end anywhere, the last sent first. */
async function send(input: object = {}, who = SELLER): Promise<string> {
  const { import: made, userErrors } = await write('productImportCreate', input, who);
  expect(userErrors).toEqual([]);
  const parts = [CSV.slice(0, 1_234), CSV.slice(1_234, 5_000), CSV.slice(5_000)];
  for (const number of [2, 0, 1])
    expect(
      (await write('productImportAppend', { importId: made.id, number, text: parts[number] }, who)).userErrors,
    ).toEqual([]);
  return made.id;
}

test('46: a seller sends a file in parts, sees live how far it is, and gets a report by line and column', async () => {
  const id = await send();
  const { schema } = await buildSubgraph(catalog);
  const contextValue = new Context('catalog', null as never, { viewer: SELLER, caller: 'router' });
  const events = await subscribe({
    schema,
    document: parse('subscription($id: ID!) { productImportProgress(id: $id) { state rows created } }'),
    ...{ variableValues: { id }, contextValue },
  });
  const seen: { state: string; rows: number; created: number }[] = [];
  const following = (async () => {
    for await (const event of events as AsyncIterable<{ data: { productImportProgress: (typeof seen)[number] } }>)
      seen.push({ ...event.data.productImportProgress });
  })();
  const start = { importId: id, parts: 3 };
  expect((await write('productImportStart', start)).import.state).toBe('WAITING');
  expect((await write('productImportStart', start)).userErrors).toEqual([]);
  await Promise.all([runNextImport(), runNextImport()]);
  await following;
  const report = {
    ...{ id, dryRun: false, rows: 250, created: 249, updated: 0, unchanged: 0, failed: 1, failure: null },
    ...{ problems: [{ line: 9, column: 'Price', code: 'PRICE_INVALID' }], ignoredColumns: [] },
  };
  expect(await read(id)).toEqual({ ...report, state: 'DONE' });
  expect(seen.at(0)).toMatchObject({ rows: 0 });
  expect(seen.at(-1)).toEqual({ state: 'DONE', rows: 250, created: 249 });
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.map(({ rows }) => rows)).toEqual(seen.map(({ rows }) => rows).sort((a, b) => a - b));
  expect(await database.prisma.product.count({ where: { sellerId: 'sel_kalkhof' } })).toBe(249);
  expect(await database.prisma.importPart.count()).toBe(0);
  const { catalogChanges } = await ask('{ catalogChanges(first: 1) { nodes { actorId source } } }', {}, SELLER);
  expect(catalogChanges.nodes).toEqual([{ actorId: 'cus_seller', source: 'import' }]);
});

test('46: a dry run, and one whose process died and is begun again', async () => {
  const rehearsed = await send({ dryRun: true });
  await write('productImportStart', { importId: rehearsed, parts: 3 });
  expect([await runNextImport(), await runNextImport()]).toEqual([true, false]);
  expect(await read(rehearsed)).toMatchObject({ state: 'DONE', dryRun: true, created: 249 });
  expect(await database.prisma.product.count()).toBe(0);
  const id = await send();
  await write('productImportStart', { importId: id, parts: 3 });
  const dead = { state: 'RUNNING', fence: 1, leaseUntil: new Date(Date.now() + 60_000) };
  await database.prisma.importJob.update({ where: { id }, data: dead });
  expect(await runNextImport()).toBe(false);
  await database.prisma.importJob.update({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1) } });
  expect(await runNextImport()).toBe(true);
  expect(await read(id)).toMatchObject({ state: 'DONE', created: 249 });
});

test("39: nobody sees, fills or starts another's import", async () => {
  const id = await send();
  for (const who of [STAFF, STRANGER]) {
    expect(await read(id, who)).toBeNull();
    const part = await write('productImportAppend', { importId: id, number: 0, text: 'x' }, who);
    const start = await write('productImportStart', { importId: id, parts: 1 }, who);
    expect([part, start].map(({ userErrors }) => userErrors)).toEqual([
      [{ code: 'IMPORT_NOT_FOUND' }],
      [{ code: 'IMPORT_NOT_FOUND' }],
    ]);
  }
  expect((await write('productImportCreate', {}, STRANGER)).userErrors).toEqual([{ code: 'SELLER_NOT_FOUND' }]);
  expect((await write('productImportCreate', { seller: 'tamlet' })).userErrors).toEqual([{ code: 'SELLER_NOT_FOUND' }]);
  expect((await write('productImportCreate', {}, SHOPPER)).extensions.code).toBe('FORBIDDEN');
});

test('44: parts that are missing, too long, out of place, or late are refused', async () => {
  const id = await send();
  const append = async (number: number, text: string) =>
    (await write('productImportAppend', { importId: id, number, text })).userErrors.map(
      ({ code }: { code: string }) => code,
    );
  expect(await append(-1, 'x')).toEqual(['PART_INVALID']);
  expect(await append(1_000, 'x')).toEqual(['PART_INVALID']);
  expect(await append(3, 'x'.repeat(60_001))).toEqual(['PART_INVALID']);
  expect(await append(3, '\u0000')).toEqual(['PART_INVALID']);
  for (const parts of [0, -1, 4, 2_147_483_647])
    expect((await write('productImportStart', { importId: id, parts })).userErrors).toEqual([{ code: 'PART_MISSING' }]);
  await write('productImportStart', { importId: id, parts: 3 });
  expect(await append(0, 'x')).toEqual(['IMPORT_NOT_FOUND']);
});
