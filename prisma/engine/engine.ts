import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg';
import { engineAdapter } from './adapter.ts';

export interface EngineOptions {
  readonly url: string;
  readonly shadowUrl?: string | undefined;
  /** `[path, content]` of each schema file. */
  readonly datamodels?: [string, string][] | undefined;
}

/** Prisma's schema engine, from its WebAssembly build instead of the native program. */
export async function openEngine({ url, shadowUrl, datamodels }: EngineOptions): Promise<wasm.SchemaEngine> {
  load();
  const adapter = bindMigrationAwareSqlAdapterFactory(engineAdapter(url, shadowUrl));
  return await wasm.SchemaEngine.new({ datamodels }, () => {}, adapter);
}

/** A folder of migrations, in the form that the engine is sent it. */
export async function readMigrations(baseDir: string): Promise<wasm.MigrationList> {
  const entries = await readdir(baseDir, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const lock = await readFile(path.join(baseDir, 'migration_lock.toml'), 'utf8').catch(() => null);
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: lock },
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok', value: await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8') },
        },
      })),
    ),
    shadowDbInitScript: '',
  };
}

let loaded = false;

/** The package's own entry needs `--experimental-wasm-modules` on Node 20; this does what it does. */
function load(): void {
  if (loaded) return;
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const bytes = readFileSync(path.join(path.dirname(entry), 'schema_engine_bg.wasm'));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { './schema_engine_bg.js': wasm });
  (wasm as unknown as { __wbg_set_wasm(exports: object): void }).__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  loaded = true;
}

/** As much of the standard class as is used here; its types come with the browser's library only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: { __wbindgen_start(): void } };
};
