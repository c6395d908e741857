import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { lockFolder } from './folder-lock.ts';

let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'souk-lock-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

/** A process of its own that takes the lock, says what came of it and stays. */
function racer(): Promise<{ child: ChildProcess; answer: string }> {
  const program = `
    const { lockFolder } = await import('#server/folder-lock.ts');
    const lock = await lockFolder(${JSON.stringify(folder)});
    console.log('heldBy' in lock ? lock.heldBy : 'mine');
    setInterval(() => {}, 1_000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    cwd: inProject(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return new Promise((resolve) => child.stdout.once('data', (line) => resolve({ child, answer: String(line).trim() })));
}

test('a folder is held until released, and told by whom', async () => {
  const first = await lockFolder(folder);
  expect(await lockFolder(folder)).toEqual({ heldBy: process.pid });
  if ('release' in first) await first.release();
  expect(await lockFolder(folder)).toHaveProperty('release');
});

test('of twenty that reach for the lock of a dead holder, one gets it, again and again', async () => {
  for (let round = 1; round <= 20; round++) {
    await writeFile(path.join(folder, 'lock.1'), JSON.stringify({ pid: process.pid, identity: 'of another boot' }));
    const locks = await Promise.all(Array.from({ length: 20 }, () => lockFolder(folder)));
    expect(locks.filter((lock) => 'release' in lock)).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['lock.2']);
    await rm(path.join(folder, 'lock.2'));
  }
});

test('of several processes that find a dead holder at once, one takes over', async () => {
  const { child: dead } = await racer();
  const gone = new Promise((resolve) => dead.once('exit', resolve));
  dead.kill('SIGKILL');
  await gone;

  const racers = await Promise.all(Array.from({ length: 5 }, racer));
  const winners = racers.filter(({ answer }) => answer === 'mine');
  expect(winners).toHaveLength(1);
  const others = racers.filter((entry) => entry !== winners[0]).map(({ answer }) => answer);
  expect(others).toEqual(Array(4).fill(String(winners[0]?.child.pid)));
  expect(await readdir(folder)).toEqual(['lock.2']);
});

test('a number that the system gave to a later process does not hold', async () => {
  await writeFile(path.join(folder, 'lock.7'), JSON.stringify({ pid: process.pid, identity: 'of another boot' }));
  expect(await lockFolder(folder)).toHaveProperty('release');
  expect(await readdir(folder)).toEqual(['lock.8']);
});
