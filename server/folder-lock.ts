import { readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from './process-identity.ts';

/** Holds a folder for this process until released, or until the process ends in whatever way. */
export interface FolderLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** What tells a process from a later one of the same number; empty once the lock was released. */
  readonly identity: string;
}

/**
 * Takes a folder, or answers the number of the process that holds it. The lock is the file `lock.<n>` of the highest n;
 * who finds its holder gone makes the next one, which the file system grants to one process only. Numbers are never
 * used again, so that a slow process cannot take over a lock that was taken over meanwhile.
 */
export async function lockFolder(folder: string): Promise<FolderLock | { readonly heldBy: number }> {
  for (;;) {
    const highest = Math.max(0, ...(await lockNumbers(folder)));
    const holder = highest > 0 ? await readHolder(fileOf(folder, highest)) : null;
    if (holder === 'changing') continue;
    if (holder && holder.identity === processIdentity(holder.pid)) return { heldBy: holder.pid };

    const mine = highest + 1;
    if (!(await create(fileOf(folder, mine)))) continue;
    // A listing is not a snapshot: it can miss a lock that moved on while it was read. A second one cannot.
    const numbers = await lockNumbers(folder);
    if (numbers.some((number) => number > mine)) {
      await unlink(fileOf(folder, mine)).catch(() => {});
      continue;
    }
    await Promise.all(numbers.filter((n) => n < mine).map((n) => unlink(fileOf(folder, n)).catch(() => {})));
    return { release: () => writeFile(fileOf(folder, mine), JSON.stringify({ pid: process.pid, identity: '' })) };
  }
}

const fileOf = (folder: string, number: number): string => path.join(folder, `lock.${number}`);

const lockNumbers = async (folder: string): Promise<number[]> =>
  (await readdir(folder)).flatMap((name) => /^lock\.(\d+)$/.exec(name)?.[1] ?? []).map(Number);

async function create(file: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, identity: processIdentity(process.pid) ?? '' };
  return await writeFile(file, JSON.stringify(holder), { flag: 'wx', mode: 0o644 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

/** A file that its maker has not filled yet is waited for; one that stays empty is of a maker that was killed. */
async function readHolder(file: string): Promise<Holder | 'changing' | null> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) return 'changing';
    if (text) return JSON.parse(text) as Holder;
    await sleep(20);
  }
  return null;
}
