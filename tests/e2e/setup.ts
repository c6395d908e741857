import type { TestProject } from 'vitest/node';
import { inProject } from '#platform/config/root.ts';
import { startThrowawayPostgres } from '#server/embedded-postgres.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { freePort, startProcess, type TestProcess, untilListening } from '#tests/program/processes.ts';
import { type ShapeName, startProgram } from '#tests/program/program.ts';
import { e2eConfig } from './e2e.config.ts';

/** What the tests are told of the program that runs for all of them. */
export interface Running {
  readonly shape: ShapeName;
  readonly routerUrl: string;
  readonly webUrl: string;
  readonly postgresUrl: string;
  readonly redisUrl: string | undefined;
  /** The databases of a filled shop that nobody uses, to copy from. */
  readonly seed: Readonly<Record<string, string>>;
  readonly databases: Readonly<Record<string, string>>;
  readonly filesDir: string;
  /** Where each subgraph listens, in the split shape. */
  readonly ports: Readonly<Record<string, number>>;
}

declare module 'vitest' {
  interface ProvidedContext {
    running: Running;
  }
}

/** Postgres, Redis where wanted, a filled shop, the program in the shape under test, and the storefront. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { shape, redis } = e2eConfig;
  const undo: (() => Promise<unknown>)[] = [];
  const stopAll = async () => {
    for (const each of undo.reverse()) await each();
  };
  try {
    // Kept between runs: a picture that is there is not drawn again.
    const filesDir = inProject('build', 'test-files');
    const postgres = await startThrowawayPostgres({ max_connections: 900 });
    undo.push(() => postgres.stop());
    const postgresUrl = postgres.url('postgres');
    const redisUrl = redis ? await startRedis(undo) : undefined;
    const seed = await fillSeed(postgresUrl, filesDir);
    const databases = await createProgramDatabases(postgresUrl, seed);
    const program = await startProgram({ shape, databases, redisUrl, filesDir, web: true });
    undo.push(() => program.stop());
    const { routerUrl, webUrl } = program;
    project.provide('running', {
      shape,
      routerUrl,
      webUrl,
      postgresUrl,
      redisUrl,
      seed: seed.env,
      databases: databases.env,
      filesDir,
      ports: program.ports,
    });
    return stopAll;
  } catch (reason) {
    await stopAll();
    throw reason;
  }
}

async function startRedis(undo: (() => Promise<unknown>)[]): Promise<string> {
  const port = await freePort();
  const redis: TestProcess = startProcess('redis', 'redis-server', [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ]);
  undo.push(() => redis.stop());
  const gone = redis.exit.then((code) => {
    throw new Error(
      `redis-server ended with ${code}; install it with apt-get install redis-server.\n${redis.output()}`,
    );
  });
  await Promise.race([untilListening(port), gone]);
  gone.catch(() => undefined);
  return `redis://127.0.0.1:${port}`;
}

/** Fills the demo shop once; every program under test starts on a copy. */
async function fillSeed(postgresUrl: string, filesDir: string): Promise<ProgramDatabases> {
  const seed = await createProgramDatabases(postgresUrl);
  const filler = await startProgram({ shape: 'all', databases: seed, filesDir, env: { DEMO_SHOP: '1', ROLE: 'api' } });
  await filler.stop();
  return seed;
}
