import 'reflect-metadata';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { ConfigError } from '#platform/config/config-error.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import type { ImportReport } from '#subgraphs/catalog/import/import-products.ts';
import { databaseUrl } from '../prisma/databases.config.ts';
import { useRunningDatabases } from './running-postgres.ts';

// npm run import, npm run export and npm run reindex: the catalog of the shop that runs, or of CATALOG_DATABASE_URL.
const USAGE = `npm run import -- <file.csv> [--seller <handle>] [--dry-run]   a Shopify product CSV into the catalog
npm run export -- [<file>] [--json]                             the catalog as such a CSV, or as JSON lines
npm run reindex                                                 the index of search made anew, while the shop is open
`;

const [deed = '', ...rest] = process.argv.slice(2);
const options = { seller: { type: 'string' }, 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } } as const;
try {
  const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
  const [file] = positionals;
  const isComplete = { import: file !== undefined, export: true, reindex: file === undefined }[deed] ?? false;
  if (positionals.length > 1 || !isComplete) throw new ConfigError(USAGE);
  if (deed === 'import' && !(await stat(file!).catch(() => null))?.isFile())
    throw new ConfigError(`There is no file ${file}.`);
  await withCatalog(async () => {
    if (deed === 'reindex') return reindex();
    if (deed === 'export') return exportTo(file, values.json ?? false);
    await importFrom(file!, values.seller, values['dry-run'] ?? false);
  });
} catch (reason) {
  const isTold = reason instanceof ConfigError || reason instanceof Refusal || reason instanceof TypeError;
  process.stderr.write(`${isTold ? reason.message.trimEnd() : (reason as Error).stack}\n`);
  process.exitCode = 1;
}

async function withCatalog(work: () => Promise<void>): Promise<void> {
  await useRunningDatabases(['catalog']);
  const { database } = await import('#subgraphs/catalog/database.ts');
  const { live } = await import('#platform/live/live.ts');
  const { openLive } = await import('#platform/live/open-live.ts');
  const { setRoutes } = await import('#platform/outbox/routes.ts');
  const { eventRoutes } = await import('#subgraphs/subgraphs.ts');
  setRoutes(eventRoutes());
  await openLive();
  try {
    await database.open(databaseUrl('catalog'));
    await work();
  } finally {
    await database.close();
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
  const source = isJson ? exportJsonLines(SHOP_EDITOR) : await exportCsv(SHOP_EDITOR);
  await pipeline(source, file ? createWriteStream(file) : process.stdout, { end: file !== undefined });
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
