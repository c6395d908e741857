import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdtemp, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ConfigError } from '#platform/config/config-error.ts';
import { type DataFolder, openDataFolder, replace } from './data-folder.ts';
import { type Cluster, clusterFile, initCluster, readCluster, reasonOf, standingIn } from './postgres-cluster.ts';
import { type Account, type PostgresPrograms, postgresAccount, postgresPrograms } from './postgres-programs.ts';
import { processIdentity, programName } from './process-identity.ts';

/** A running Postgres 18 that Souk started, or found running from an earlier run that was killed. */
export interface EmbeddedPostgres {
  readonly port: number;
  readonly pid: number;
  /** True when it was left over by a killed run. */
  readonly adopted: boolean;
  /** Resolves, with the reason in a sentence, should it ever end without `stop`. */
  readonly ended: Promise<string>;
  /** The URL of one of its databases, for its only user. */
  url(database: string): string;
  stop(): Promise<void>;
}

/** Settings by name, as in postgresql.conf. */
export type Settings = Readonly<Record<string, string | number>>;

/** Starts Postgres on the folder's `postgres/`, making that at first; its log is `postgres.log` beside it. */
export async function startPostgres(folder: DataFolder, settings: Settings = {}): Promise<EmbeddedPostgres> {
  const data = path.join(folder.path, 'postgres');
  const account = await postgresAccount(data);
  const programs = await postgresPrograms(account);
  const cluster = (await readCluster(data)) ?? (await initCluster(data, programs, account));
  const leftOver = await adopt(data, cluster);
  if (leftOver) return leftOver;
  return await launch({ data, log: `${data}.log`, account, programs, cluster, settings: { ...SETTINGS, ...settings } });
}

/** A Postgres for tests and tools: without durability, and its folder is deleted when it or this process ends. */
export async function startThrowawayPostgres(settings: Settings = {}): Promise<EmbeddedPostgres> {
  const place = await mkdtemp(path.join(os.tmpdir(), 'souk-postgres-'));
  const folder = await openDataFolder(path.join(place, 'data'));
  const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const postgres = await startPostgres(folder, { ...careless, ...settings });
  // The pipe ends with this process, in whatever way that ends.
  const guard = spawn('sh', ['-c', 'cat; kill -QUIT "$0"; sleep 1; rm -rf "$1"', String(postgres.pid), place], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const stop = async () => {
    guard.kill('SIGKILL');
    await postgres.stop();
    await rm(place, { recursive: true, force: true });
  };
  return { ...postgres, stop };
}

/** Creates those of the databases that are missing. */
export async function createDatabases(postgres: EmbeddedPostgres, names: readonly string[]): Promise<void> {
  const pool = new pg.Pool({ connectionString: postgres.url('postgres'), max: 4 });
  try {
    const { rows } = await pool.query<{ datname: string }>('SELECT datname FROM pg_database');
    const missing = names.filter((name) => !rows.some((row) => row.datname === name));
    await Promise.all(missing.map((name) => pool.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)));
  } finally {
    await pool.end();
  }
}

/** For a whole shop in one process on two cores; what was committed is on the disk, as everywhere in Souk. */
const SETTINGS: Settings = {
  max_connections: 300,
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  wal_level: 'minimal',
  max_wal_senders: 0,
  wal_compression: 'pglz',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  io_method: 'sync',
  jit: 'off',
  max_parallel_workers_per_gather: 0,
  random_page_cost: 1.1,
  log_min_duration_statement: '2s',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] %d ',
};

interface Launch {
  readonly data: string;
  readonly log: string;
  readonly account: Account;
  readonly programs: PostgresPrograms;
  readonly cluster: Cluster;
  readonly settings: Settings;
}

async function launch(start: Launch): Promise<EmbeddedPostgres> {
  await rotate(start.log);
  let { port } = start.cluster;
  for (let attempt = 1; ; attempt++) {
    if (port === null || !(await isFree(port))) port = await freePort();
    const started = await spawnPostmaster(start, port);
    if (!('failure' in started)) {
      await replace(clusterFile(start.data), { ...start.cluster, port });
      return started;
    }
    if (attempt === 3 || !/Address already in use/.test(started.failure)) throw reasonOf(started.failure, start.data);
    port = null; // somebody took it in the moment between
  }
}

async function spawnPostmaster(start: Launch, port: number): Promise<EmbeddedPostgres | { failure: string }> {
  const { data, account, cluster } = start;
  const settings = {
    ...start.settings,
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    cluster_name: clusterName(data),
  };
  const log = await open(start.log, 'a');
  const logStart = (await log.stat()).size;
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(start.programs.postgres, ['-D', standingIn(data, account), ...flags], {
    ...account,
    cwd: data,
    env: { LC_ALL: 'C' },
    // The log is a file, so that Postgres outlives a killed run; a session of its own keeps it from the terminal's Ctrl-C.
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
  });
  const exit = new Promise<void>((resolve) => child.once('error', () => resolve()).once('exit', () => resolve()));
  await log.close();
  const said = async () => (await readFile(start.log)).subarray(logStart).toString();

  let exited = false;
  exit.then(() => {
    exited = true;
  });
  for (let waited = 0; !(await isReady(data, child.pid)); waited += POLL_MS) {
    if (exited) return { failure: await said() };
    if (waited > START_LIMIT_MS) {
      child.kill('SIGQUIT');
      return { failure: `it was not ready after ${START_LIMIT_MS / 1000} s` };
    }
    await sleep(POLL_MS);
  }
  const reason = async () => reasonOf(await said(), data).message;
  return supervise({ cluster, port, pid: child.pid!, adopted: false, exit, reason });
}

/** Finds the Postgres of a run that was killed. It keeps serving, so it is taken as it is. */
async function adopt(data: string, cluster: Cluster): Promise<EmbeddedPostgres | null> {
  for (let waited = 0; waited <= START_LIMIT_MS; waited += POLL_MS) {
    const postmaster = await readPostmaster(data);
    if (!postmaster || processIdentity(postmaster.pid) === null) return null;
    const { pid, port, status } = postmaster;
    if (programName(pid) !== 'postgres') {
      await rm(path.join(data, 'postmaster.pid'), { force: true }); // another program has that number by now
      return null;
    }
    if (status === 'ready') {
      if ((await nameOfCluster(cluster, port)) !== clusterName(data)) break;
      const exit = goneOf(pid);
      return supervise({ cluster, port, pid, adopted: true, exit, reason: async () => 'Postgres ended.' });
    }
    await sleep(POLL_MS); // it starts, or stops
  }
  throw new ConfigError(
    `${data}/postmaster.pid names a Postgres that does not answer for this folder: delete that file if the folder is a copy, else end that process.`,
  );
}

async function nameOfCluster(cluster: Cluster, port: number): Promise<string | null> {
  const client = new pg.Client({ connectionString: urlOf(cluster, port, 'postgres'), connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<{ cluster_name: string }>('SHOW cluster_name')).rows[0]!.cluster_name;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => {});
  }
}

interface Running {
  readonly cluster: Cluster;
  readonly port: number;
  readonly pid: number;
  readonly adopted: boolean;
  readonly exit: Promise<void>;
  reason(): Promise<string>;
}

function supervise({ cluster, port, pid, adopted, exit, reason }: Running): EmbeddedPostgres {
  let stopping = false;
  const ended = new Promise<string>((resolve) => {
    exit.then(async () => {
      if (!stopping) resolve(await reason());
    });
  });
  const stop = async () => {
    stopping = true;
    // SIGINT is its fast shutdown: sessions are ended and the data is left clean; SIGQUIT leaves that to the next start.
    for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
      try {
        process.kill(pid, signal);
      } catch {
        return;
      }
      if (await within(STOP_LIMIT_MS, exit)) return;
    }
  };
  return { port, pid, adopted, ended, url: (database) => urlOf(cluster, port, database), stop };
}

async function within(ms: number, event: Promise<void>): Promise<boolean> {
  const timer = new AbortController();
  const late = sleep(ms, false, { signal: timer.signal }).catch(() => false);
  const inTime = await Promise.race([event.then(() => true), late]);
  timer.abort();
  return inTime;
}

const POLL_MS = 20;
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;

const urlOf = ({ password }: Cluster, port: number, database: string): string =>
  `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;

/** Tells this folder from every other, also from a copy of it. */
function clusterName(data: string): string {
  const { dev, ino } = statSync(data);
  return `souk-${dev}-${ino}`;
}

/** What Postgres writes down of itself: number, port and, in the eighth line, its state. */
async function readPostmaster(data: string): Promise<{ pid: number; port: number; status: string } | null> {
  const lines = (await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? '' } : null;
}

async function isReady(data: string, pid: number | undefined): Promise<boolean> {
  const postmaster = await readPostmaster(data);
  return postmaster?.pid === pid && postmaster?.status === 'ready';
}

/** Resolves when a process that is no child of ours is gone. */
async function goneOf(pid: number): Promise<void> {
  const identity = processIdentity(pid);
  while (processIdentity(pid) === identity) await sleep(100, undefined, { ref: false });
}

const freePort = async (): Promise<number> => (await listenOnce(0))!;
const isFree = async (port: number): Promise<boolean> => (await listenOnce(port)) !== null;

const listenOnce = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? null) : null));
    });
  });

const LOG_LIMIT_BYTES = 20_000_000;

async function rotate(log: string): Promise<void> {
  const size = await stat(log).then(
    (file) => file.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await rename(log, `${log}.1`);
}
