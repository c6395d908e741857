import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { openEngine } from './engine.ts';

// Speaks what Prisma's command line expects of its native engine: a few one-shot deeds, else JSON-RPC over stdio.
const { values: options, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { datasource: { type: 'string' }, datamodels: { type: 'string', multiple: true } },
});
const datasource = JSON.parse(String(options.datasource ?? '{}')) as { url: string; shadowDatabaseUrl?: string };

/** `cli can-connect-to-database | create-database | drop-database` */
async function runOnce(): Promise<void> {
  const url = new URL(datasource.url);
  const name = decodeURIComponent(url.pathname.slice(1));
  const admin = new URL(url);
  admin.pathname = '/postgres';
  try {
    if (positionals.includes('can-connect-to-database')) await query(url, 'SELECT 1');
    if (positionals.includes('create-database')) await query(admin, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
    if (positionals.includes('drop-database')) {
      await query(admin, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
    }
  } catch (error) {
    const { message, code } = error as pg.DatabaseError;
    console.error('schema-engine (wasm)');
    console.error(
      JSON.stringify({
        timestamp: new Date().toISOString(),
        level: 'ERROR',
        fields: { message, error_code: PRISMA_CODES[code ?? ''] ?? 'P1001', is_panic: false },
        target: 'schema_engine::logger',
      }),
    );
    process.exitCode = 1;
  }
}

/** What Prisma calls Postgres' refusals: no such database, wrong password, database exists. */
const PRISMA_CODES: Record<string, string> = { '3D000': 'P1003', '28P01': 'P1000', '42P04': 'P1009' };

async function query(url: URL, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

interface Call {
  readonly id: number;
  readonly method?: string;
  readonly params?: unknown;
}

/** Answers calls one after another, as they came. */
function serve(): void {
  let last: Promise<unknown> = Promise.resolve();
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const call = JSON.parse(line) as Call;
      if (call.method) last = last.then(() => answer(call)).then(send);
    })
    .on('close', () => last.then(() => process.exit(0)));
}

let engine: SchemaEngine | undefined;

async function answer({ id, method = '', params }: Call): Promise<object> {
  try {
    if (method === 'createDatabase') return { id, result: { databaseName: new URL(datasource.url).pathname.slice(1) } };
    engine ??= await openEngine({
      url: datasource.url,
      shadowUrl: datasource.shadowDatabaseUrl,
      datamodels: options.datamodels?.map((file) => [String(file), readFileSync(String(file), 'utf8')]),
    });
    const deed = engine[(method === 'getDatabaseVersion' ? 'version' : method) as 'diff'];
    const result = await deed.call(engine, (params ?? {}) as never);
    if (method === 'diff' && result.stdout) {
      send({ id: PRINT_IDS_FROM + id, method: 'print', params: { content: result.stdout } });
    }
    return { id, result: result ?? {} };
  } catch (error) {
    const { message, meta, code } = error as Error & { meta?: unknown; code?: string };
    const data = {
      is_panic: false,
      message,
      meta: meta ?? null,
      error_code: code ?? message.match(/\bP[34]\d{3}\b/)?.[0] ?? null,
    };
    return { id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } };
  }
}

/** The engine's own calls to the command line need ids that no call of the command line has. */
const PRINT_IDS_FROM = 1_000_000;

const send = (message: object): void => {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
};

if (process.argv.includes('--version')) console.log('schema-engine-cli wasm');
else if (positionals.includes('cli')) await runOnce();
else serve();
