import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inProject } from '#platform/config/root.ts';
import { openDataFolder } from '#server/data-folder.ts';
import { startPostgres } from '#server/embedded-postgres.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { type Program, startProgram } from '#tests/program/program.ts';

/** A filled shop under load: Postgres as durable as in production, the program as built, in the embedded shape. */
export interface BenchShop {
  /** What jobs and wake-ups go over, in words. */
  readonly backend: string;
  readonly databases: ProgramDatabases;
  readonly postgresPid: number;
  readonly postgresUrl: string;
  /** Starts the program on the shop's databases; one at a time. */
  start(env?: Readonly<Record<string, string>>): Promise<Program>;
  close(): Promise<void>;
}

export async function openBenchShop(redisUrl?: string): Promise<BenchShop> {
  const place = await mkdtemp(path.join(os.tmpdir(), 'souk-bench-'));
  const folder = await openDataFolder(path.join(place, 'data'));
  const postgres = await startPostgres(folder, {
    shared_preload_libraries: 'pg_stat_statements',
    'pg_stat_statements.max': 10_000,
  });
  const databases = await createProgramDatabases(postgres.url('postgres'));
  const start = (env: Readonly<Record<string, string>> = {}) =>
    startProgram({
      shape: 'all',
      databases,
      redisUrl,
      filesDir: inProject('build', 'test-files'),
      env: { LOG_LEVEL: 'error', ...env },
    });
  const filler = await start({ DEMO_SHOP: '1', ROLE: 'api' });
  await filler.stop();
  return {
    backend: redisUrl ? 'with Redis' : 'Postgres alone',
    databases,
    postgresPid: postgres.pid,
    postgresUrl: postgres.url('postgres'),
    start,
    async close() {
      await databases.drop();
      await postgres.stop();
      await folder.release();
      await rm(place, { recursive: true, force: true });
    },
  };
}
