import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { openDataFolder } from './data-folder.ts';
import { createDatabases, type EmbeddedPostgres, startPostgres } from './embedded-postgres.ts';
import { processIdentity } from './process-identity.ts';

let place: string;
let started: EmbeddedPostgres[];

beforeEach(async () => {
  place = await mkdtemp(path.join(os.tmpdir(), 'souk-embedded-'));
  started = [];
});

afterEach(async () => {
  for (const postgres of started) await postgres.stop();
  await rm(place, { recursive: true });
});

async function start(folder: string): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres(await openDataFolder(folder), { fsync: 'off' });
  started.push(postgres);
  return postgres;
}

/** A run of its own, which stays until it is killed. */
async function startElsewhere(folder: string): Promise<{ child: ChildProcess; said: string }> {
  const program = `
    const { openDataFolder } = await import('#server/data-folder.ts');
    const { startPostgres } = await import('#server/embedded-postgres.ts');
    try {
      const postgres = await startPostgres(await openDataFolder(${JSON.stringify(folder)}), { fsync: 'off' });
      console.log('running', postgres.pid);
    } catch (error) {
      console.log(error.message);
      process.exit(1);
    }`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    cwd: inProject(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { child, said: String(line).trim() };
}

const pidOf = (said: string): number => Number(said.split(' ')[1]);

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('keeps data, password and port from run to run', async () => {
  const folder = path.join(place, 'data');
  const first = await openDataFolder(folder);
  const postgres = await startPostgres(first);
  await createDatabases(postgres, ['orders', 'queues']);
  await ask(postgres.url('orders'), 'CREATE TABLE kept AS SELECT 42 AS answer');
  expect(await ask(postgres.url('orders'), `SELECT current_setting('fsync') AS fsync`)).toEqual([{ fsync: 'on' }]);
  await postgres.stop();
  await first.release();

  const again = await start(folder);
  expect(again.adopted).toBe(false);
  expect(again.port).toBe(postgres.port);
  expect(await ask(again.url('orders'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  expect(await ask(again.url('orders'), `SELECT lower('ÉÄ') AS small`)).toEqual([{ small: 'éä' }]);
});

test('what a killed run left running is adopted, with its data, and then stopped', async () => {
  const folder = path.join(place, 'data');
  const { child, said } = await startElsewhere(folder);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(processIdentity(pidOf(said))).not.toBeNull();

  const adopted = await start(folder);
  expect(adopted.adopted).toBe(true);
  expect(adopted.pid).toBe(pidOf(said));
  expect(await ask(adopted.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await adopted.stop();
  expect(processIdentity(adopted.pid)).toBeNull();
});

test('of two starts at once one runs and the other says so; neither disturbs the other', async () => {
  const folder = path.join(place, 'data');
  const both = await Promise.all([startElsewhere(folder), startElsewhere(folder)]);
  const running = both.filter(({ said }) => said.startsWith('running'));
  expect(running).toHaveLength(1);
  const told = both.find((entry) => entry !== running[0]);
  expect(told?.said).toBe(
    `Souk already runs with ${folder} (process ${running[0]?.child.pid}) and is still starting: stop it, or set SOUK_DATA to another folder.`,
  );
  expect(processIdentity(pidOf(running[0]?.said ?? ''))).not.toBeNull();

  running[0]?.child.kill('SIGKILL');
  await once(running[0]!.child, 'exit');
  await start(folder);
});

describe('a folder that is not ours', () => {
  test('is refused and left as it was', async () => {
    await writeFile(path.join(place, 'thesis.txt'), 'years of work');
    await expect(openDataFolder(place)).rejects.toThrow('a folder that holds other things');
    expect(await readdir(place)).toEqual(['thesis.txt']);
  });

  test("nor is another's postgres/ in a folder of ours touched", async () => {
    const folder = await openDataFolder(path.join(place, 'data'));
    const foreign = path.join(folder.path, 'postgres');
    await mkdir(foreign);
    await writeFile(path.join(foreign, 'PG_VERSION'), '18\n');
    await expect(startPostgres(folder)).rejects.toThrow('holds what Souk did not make');
    expect(await readdir(foreign)).toEqual(['PG_VERSION']);
  });

  test('a file in its place is told', async () => {
    const file = path.join(place, 'data');
    await writeFile(file, '');
    await expect(openDataFolder(file)).rejects.toThrow('is no folder that Souk can read (ENOTDIR)');
  });
});

test('the secret is made once and is for its owner only', async () => {
  const first = await openDataFolder(path.join(place, 'data'));
  await first.release();
  const second = await openDataFolder(path.join(place, 'data'));
  expect(second.secret).toBe(first.secret);
  expect(first.secret.length).toBeGreaterThanOrEqual(32);
  expect((await stat(path.join(second.path, 'secret'))).mode & 0o777).toBe(0o600);
});

test('a note of another program under the number of a dead Postgres is no obstacle', async () => {
  const folder = await openDataFolder(path.join(place, 'data'));
  const postgres = await startPostgres(folder, { fsync: 'off' });
  const note = await readFile(path.join(folder.path, 'postgres', 'postmaster.pid'), 'utf8');
  await postgres.stop();
  // As after a restart of the machine, when this very process got the number.
  const stale = note.replace(/^\d+/, String(process.pid));
  await writeFile(path.join(folder.path, 'postgres', 'postmaster.pid'), stale);
  await folder.release();
  expect((await start(folder.path)).adopted).toBe(false);
});

// As root only: there Postgres has to become another account, which may not enter this folder.
test.runIf(process.getuid?.() === 0)('runs below a folder that only root may enter', async () => {
  await chmod(place, 0o700);
  const postgres = await start(path.join(place, 'souk', 'data'));
  expect(await ask(postgres.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect((await stat(path.join(place, 'souk', 'data', 'postgres'))).uid).not.toBe(0);
});
