import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from '#platform/config/config-error.ts';
import type { Account, PostgresPrograms } from './postgres-programs.ts';
import { processIdentity } from './process-identity.ts';

/** What is kept, beside Postgres' own files, in its data folder. */
export interface Cluster {
  readonly password: string;
  /** The port of the last run, asked for again by the next. */
  readonly port: number | null;
}

export const clusterFile = (data: string): string => path.join(data, 'souk.json');

/** Null when there is no cluster yet. One that Souk did not make, or may not read, is refused. */
export async function readCluster(data: string): Promise<Cluster | null> {
  try {
    return JSON.parse(await readFile(clusterFile(data), 'utf8')) as Cluster;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') {
      throw new ConfigError(
        `${data} belongs to another account: start Souk as that one, or set SOUK_DATA to another folder.`,
      );
    }
    if (code !== 'ENOENT') throw error;
  }
  const entries = await readdir(data).catch(() => []);
  if (entries.length === 0) return null;
  throw new ConfigError(`${data} holds what Souk did not make: move it away, or set SOUK_DATA to another folder.`);
}

/**
 * What Postgres is given as its data folder. As root it runs under an account that may not be able to walk there, when
 * the path leads through /root for instance; but it can stand where root has put it, which Linux calls /proc/self/cwd.
 */
export const standingIn = (data: string, account: Account): string =>
  'uid' in account && process.platform === 'linux' ? '/proc/self/cwd' : data;

/** Makes a cluster beside its place and moves it there when it is whole. */
export async function initCluster(data: string, programs: PostgresPrograms, account: Account): Promise<Cluster> {
  const place = path.dirname(data);
  await removeHalfMade(place);
  const fresh = path.join(place, `postgres.new-${process.pid}`);
  const freshData = path.join(fresh, 'data');
  const cluster: Cluster = { password: randomBytes(24).toString('base64url'), port: null };
  const passwordFile = path.join(fresh, 'password');
  await mkdir(freshData, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
  if ('uid' in account) {
    for (const file of [passwordFile, freshData]) await chown(file, account.uid, account.gid);
  }
  await runInitdb(programs.initdb, freshData, passwordFile, account);
  await writeFile(clusterFile(freshData), JSON.stringify(cluster), { mode: 0o600 });

  await rmdir(data).catch(() => {});
  await rename(freshData, data);
  await rm(fresh, { recursive: true });
  return cluster;
}

/** What a start that was killed left behind. */
async function removeHalfMade(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    const pid = /^postgres\.new-(\d+)$/.exec(name)?.[1];
    if (pid && (Number(pid) === process.pid || processIdentity(Number(pid)) === null)) {
      await rm(path.join(place, name), { recursive: true });
    }
  }
}

async function runInitdb(initdb: string, data: string, passwordFile: string, account: Account): Promise<void> {
  const options = ['--username=postgres', '--auth=scram-sha-256', '--pwfile=/dev/stdin', '--encoding=UTF8'];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const password = await open(passwordFile);
  const child = spawn(initdb, [...options, ...locale, standingIn(data, account)], {
    ...account,
    cwd: data,
    env: { LC_ALL: 'C' },
    stdio: [password.fd, 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  await password.close();
  if (code !== 0) throw reasonOf(output, path.dirname(path.dirname(data)));
}

/** The one sentence that Postgres' own output comes down to. */
export function reasonOf(output: string, folder: string): Error {
  if (/No space left on device|Disk quota exceeded/.test(output)) return diskFull(folder);
  const line = output.match(/^.*\b(?:PANIC|FATAL|error):\s*(.*)$/im)?.[1] ?? output.trim().split('\n').at(-1);
  return new ConfigError(`Postgres does not start in ${folder}: ${line || 'it ended without a word'}.`);
}

export const diskFull = (folder: string): ConfigError =>
  new ConfigError(`The disk of ${folder} is full: free some space, or set SOUK_DATA to a folder on another disk.`);
