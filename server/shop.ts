import { createServer } from 'node:net';
import path from 'node:path';
import { ConfigError } from '#platform/config/config-error.ts';
import { inProject } from '#platform/config/root.ts';
import { applyMigrations } from '#platform/database/migrate.ts';
import { SUBGRAPH_NAMES } from '#subgraphs/subgraphs.ts';
import { type ChildProgram, startProgram } from './child-program.ts';
import type { LaunchConfig } from './config.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { createDatabases, type EmbeddedPostgres, startPostgres } from './embedded-postgres.ts';
import { painter } from './progress.ts';
import type { Program } from './until-stopped.ts';

/** The database that jobs live in, apart from everybody's truth. */
const QUEUES = 'queues';

/** Takes the data folder for this run, and looks whether the ports are free before anything takes long. */
export async function openShop(config: LaunchConfig, program: Program): Promise<DataFolder> {
  const folder = await openDataFolder(config.dataFolder);
  program.onStop(() => folder.release());
  await requireFree('WEB_PORT', config.webPort);
  await requireFree('ROUTER_PORT', config.routerPort);
  return folder;
}

/** Starts Postgres with every part's database, as its migrations want it. */
export async function startDatabases(folder: DataFolder, program: Program): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres(folder);
  program.onStop(() => postgres.stop());
  postgres.ended.then((reason) => program.end(new ConfigError(reason)));
  await createDatabases(postgres, [...SUBGRAPH_NAMES, QUEUES]);
  await Promise.all(
    SUBGRAPH_NAMES.map((name) => applyMigrations(postgres.url(name), inProject('prisma', name, 'migrations'))),
  );
  return postgres;
}

/** What the parts are told when everything is in one place. */
export function partVariables(
  config: LaunchConfig,
  folder: DataFolder,
  postgres: EmbeddedPostgres,
): Record<string, string> {
  const databases = [...SUBGRAPH_NAMES, QUEUES].map((name) => [
    `${name.toUpperCase()}_DATABASE_URL`,
    postgres.url(name),
  ]);
  return {
    ...Object.fromEntries(databases),
    SOUK_SECRET: folder.secret,
    FILES_DIR: folder.files,
    ROUTER_PORT: String(config.routerPort),
    WEB_PORT: String(config.webPort),
    DEMO_SHOP: '1',
    DEV_MAILBOX: '1',
  };
}

/** Starts Next.js, as built or with reload, and waits until it answers. */
export async function startStorefront(config: LaunchConfig, program: Program, mode: 'start' | 'dev'): Promise<void> {
  const next = startProgram(inProject('node_modules/next/dist/bin/next'), [mode, '--port', String(config.webPort)], {
    cwd: inProject('web'),
    variables: {
      NODE_ENV: mode === 'dev' ? 'development' : 'production',
      ROUTER_PORT: String(config.routerPort),
      ROUTER_URL: `http://127.0.0.1:${config.routerPort}/graphql`,
    },
    verbose: mode === 'dev',
  });
  program.onStop(() => next.stop());
  next.ended.then(() => program.end(new ConfigError('The storefront ended by itself: see what it said above.')));
  await untilAnswers(config.webPort, next, program.stopping);
}

/** Tells the person at the terminal, and a second start, where everything is. */
export async function announce(config: LaunchConfig, folder: DataFolder, since: number): Promise<void> {
  const storefront = `http://localhost:${config.webPort}`;
  const api = `http://localhost:${config.routerPort}/graphql`;
  await folder.announce([storefront, api]);
  const paint = painter(process.stdout);
  const line = (label: string, value: string, note = '') =>
    `  ${label.padEnd(12)} ${paint('cyan', value)}${note && paint('dim', `   ${note}`)}\n`;
  const ready = `in ${((performance.now() - since) / 1000).toFixed(1)} s`;
  const data = path.relative(process.cwd(), folder.path) || '.';
  process.stdout.write(
    `\n  ${paint('bold', 'Souk is open')} ${paint('dim', ready)}\n\n${line('Storefront', storefront)}${line(
      'API',
      api,
      'a browser gets the playground',
    )}${line('Mail', `http://localhost:${config.routerPort}/dev/mail`)}${line('Queues', `http://localhost:${config.routerPort}/staff/queues`, 'for admin@souk.test')}\n${line(
      'Sign in as',
      'shopper@souk.test',
      'seller@souk.test   admin@souk.test',
    )}${line('Password', 'souk-demo-2026')}\n${paint('dim', `  Data is kept in ${data}. Ctrl-C stops everything.`)}\n\n`,
  );
}

async function requireFree(variable: string, port: number): Promise<void> {
  for (const host of [undefined, '127.0.0.1']) {
    const code = await new Promise<string | undefined>((resolve) => {
      const server = createServer();
      server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      server.listen({ port, host }, () => server.close(() => resolve(undefined)));
    });
    if (code === 'EADDRINUSE') {
      throw new ConfigError(`Port ${port} is taken by another program: stop that, or set ${variable} to a free port.`);
    }
    if (code === 'EACCES')
      throw new ConfigError(`Port ${port} is not for this account: set ${variable} to one above 1023.`);
  }
}

const ANSWER_LIMIT_MS = 60_000;

async function untilAnswers(port: number, child: ChildProgram, stopping: AbortSignal): Promise<void> {
  let gone = false;
  child.ended.then(() => {
    gone = true;
  });
  for (const end = Date.now() + ANSWER_LIMIT_MS; Date.now() < end && !gone && !stopping.aborted; ) {
    const answered = await fetch(`http://127.0.0.1:${port}/favicon.ico`, { signal: AbortSignal.timeout(5_000) }).then(
      () => true,
      () => new Promise<false>((resolve) => setTimeout(resolve, 50, false)),
    );
    if (answered) return;
  }
  if (!gone && !stopping.aborted)
    throw new ConfigError(`The storefront does not answer on port ${port}: see what it said above.`);
}
