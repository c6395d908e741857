import 'reflect-metadata';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { ConfigError } from '#platform/config/config-error.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import type { ImportReport } from '#subgraphs/catalog/import/import-products.ts';
import type { SubgraphName } from '#subgraphs/subgraphs.ts';
import { databaseUrl } from '../prisma/databases.config.ts';
import { useRunningDatabases } from './running-postgres.ts';

// npm run import, npm run export and npm run reindex: the shop that runs, or the databases that <NAME>_DATABASE_URL name.
const USAGE = `npm run import -- <file.csv> [--seller <handle>] [--dry-run]   a Shopify product CSV into the catalog
npm run export -- [<file>] [--json]                             the catalog as such a CSV, or as JSON lines
npm run export -- <folder> --everything                         all that the shop knows, a file of JSON lines for each kind
npm run reindex                                                 the index of search made anew, while the shop is open
`;

const WHAT_NEXT = `These files have what customers told the shop: keep them where only you can read them.
Left out: passwords, sessions, carts, codes of gift cards, keys of webhooks, and the pictures' files, which products.jsonl
names by their addresses. To read one: jq -c '{number, email, total}' orders.jsonl
The goods move to another shop by npm run export -- goods.csv there and npm run import -- goods.csv here. To bring back
this shop as it was, restore a backup of its databases: these files are for reading elsewhere.`;

const [deed = '', ...rest] = process.argv.slice(2);
const options = {
  ...({ seller: { type: 'string' }, 'dry-run': { type: 'boolean' } } as const),
  ...({ json: { type: 'boolean' }, everything: { type: 'boolean' } } as const),
};
try {
  const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
  const [file] = positionals;
  const isComplete = { import: file !== undefined, export: true, reindex: file === undefined }[deed] ?? false;
  if (positionals.length > 1 || !isComplete) throw new ConfigError(USAGE);
  if (deed === 'import' && !(await stat(file!).catch(() => null))?.isFile())
    throw new ConfigError(`There is no file ${file}.`);
  if (values.everything && (deed !== 'export' || !file || values.json)) throw new ConfigError(USAGE);
  if (values.everything) await exportAll(file!);
  else if (deed === 'export') await withDatabases(['catalog', 'inventory'], () => exportTo(file, values.json ?? false));
  else
    await withDatabases(['catalog'], () =>
      deed === 'reindex' ? reindex() : importFrom(file!, values.seller, values['dry-run'] ?? false),
    );
} catch (reason) {
  const isTold = reason instanceof ConfigError || reason instanceof Refusal || reason instanceof TypeError;
  process.stderr.write(`${isTold ? reason.message.trimEnd() : (reason as Error).stack}\n`);
  process.exitCode = 1;
}

/** Opens the databases of these subgraphs; what is told over them is heard by the shop that runs. */
async function withDatabases(names: readonly SubgraphName[], work: () => Promise<void>): Promise<void> {
  await useRunningDatabases(names);
  const { live } = await import('#platform/live/live.ts');
  const { openLive } = await import('#platform/live/open-live.ts');
  const { setRoutes } = await import('#platform/outbox/routes.ts');
  const { eventRoutes, SUBGRAPHS } = await import('#subgraphs/subgraphs.ts');
  setRoutes(eventRoutes());
  await openLive();
  const databases = await Promise.all(names.map(async (name) => (await SUBGRAPHS[name].load()).database));
  try {
    for (const database of databases) await database.open(databaseUrl(database.name));
    await work();
  } finally {
    for (const database of databases) await database.close();
    await live.close();
  }
}

async function importFrom(file: string, seller: string | undefined, isRehearsal: boolean): Promise<void> {
  const { importProducts } = await import('#subgraphs/catalog/import/import-products.ts');
  const { SHOP_EDITOR } = await import('#subgraphs/catalog/editing/editor.ts');
  const since = performance.now();
  const progress = ({ rows }: ImportReport) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${rows} rows`);
  };
  const report = await importProducts(createReadStream(file), { editor: SHOP_EDITOR, seller, isRehearsal, progress });
  if (process.stderr.isTTY) process.stderr.write('\r');
  for (const { line, column, message } of report.problems)
    process.stderr.write(`${file}:${line}${column ? ` ${column}` : ''}: ${message}\n`);
  if (report.ignoredColumns.length > 0)
    process.stdout.write(`Columns that are not read: ${report.ignoredColumns.join(', ')}\n`);
  const seconds = ((performance.now() - since) / 1_000).toFixed(1);
  const { rows, created, updated, unchanged, failed } = report;
  const done = `${created} made, ${updated} changed, ${unchanged} left as they are, ${failed} left out`;
  process.stdout.write(`${isRehearsal ? 'Dry run: ' : ''}${rows} rows in ${seconds} s: ${done}\n`);
  if (failed > 0) process.exitCode = 1;
}

async function exportTo(file: string | undefined, isJson: boolean): Promise<void> {
  const { exportCsv, exportJsonLines } = await import('#subgraphs/catalog/export/export-products.ts');
  const { SHOP_EDITOR } = await import('#subgraphs/catalog/editing/editor.ts');
  const { stockOnHand } = await import('#subgraphs/inventory/stock-on-hand.ts');
  const source = isJson ? exportJsonLines(SHOP_EDITOR) : await exportCsv(SHOP_EDITOR, stockOnHand);
  await pipeline(source, file ? createWriteStream(file) : process.stdout, { end: file !== undefined });
}

/** One subgraph after another: each tells what of it leaves the shop. */
async function exportAll(folder: string): Promise<void> {
  const { SUBGRAPHS, SUBGRAPH_NAMES } = await import('#subgraphs/subgraphs.ts');
  const { exportEverything } = await import('./export-everything.ts');
  await withDatabases(SUBGRAPH_NAMES, async () => {
    const since = performance.now();
    const subgraphs = await Promise.all(SUBGRAPH_NAMES.map((name) => SUBGRAPHS[name].load()));
    const kinds = subgraphs.flatMap(({ exports = [] }) => exports);
    const written = await exportEverything(kinds, folder, (kind, count) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${count} ${kind}`);
    });
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    for (const { file, count } of written) process.stdout.write(`${String(count).padStart(9)}  ${file}\n`);
    process.stdout.write(`Written in ${((performance.now() - since) / 1_000).toFixed(1)} s. ${WHAT_NEXT}\n`);
  });
}

async function reindex(): Promise<void> {
  const { searchProvider } = await import('#subgraphs/catalog/search/chosen-search.ts');
  const since = performance.now();
  const products = await searchProvider().rebuild((done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} products`);
  });
  if (process.stderr.isTTY) process.stderr.write('\r');
  process.stdout.write(`${products} products indexed in ${((performance.now() - since) / 1_000).toFixed(1)} s\n`);
}
