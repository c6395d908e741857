import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inProject } from '#platform/config/root.ts';
import { UP_TO_DATE } from './progress.ts';

/** A piece of the build: what it is made from and what it makes, as paths in the project. */
export interface Product {
  readonly name: string;
  readonly from: readonly string[];
  readonly makes: readonly string[];
  /** Which files of those folders count; all when left out. */
  readonly files?: RegExp;
}

/** Makes it unless what it is made from has the content of last time; only the content counts, not the time of a file. */
export async function makeUnlessFresh(
  product: Product,
  make: () => Promise<void>,
): Promise<typeof UP_TO_DATE | undefined> {
  const file = hashFile(product.name);
  const hash = await contentHash(product);
  const before = await readFile(file, 'utf8').catch(() => '');
  if (before === hash && product.makes.every((output) => existsSync(inProject(output)))) return UP_TO_DATE;
  await rm(file, { force: true }); // what fails half-way is not what the old content made
  await make();
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, hash);
  return undefined;
}

/** For what somebody else has written into: it is made again even if what it is made from is as it was. */
export const makeAnewNextTime = (product: string): Promise<void> => rm(hashFile(product), { force: true });

const hashFile = (product: string): string => inProject('build', `${product}.hash`);

/** Tells whether files changed. */
export async function contentHash({ from, files: counted = /./ }: Pick<Product, 'from' | 'files'>): Promise<string> {
  const files = (await Promise.all(from.map(filesOf)))
    .flat()
    .filter((file) => counted.test(file))
    .sort();
  const hash = createHash('sha256').update(process.version);
  const contents = await Promise.all(files.map((file) => readFile(file)));
  files.forEach((file, index) => {
    hash.update(`\0${path.relative(inProject(), file)}\0`).update(contents[index]!);
  });
  return hash.digest('hex');
}

/** Folders that are themselves made. */
const MADE = new Set(['node_modules', '.next', 'generated', 'build']);

async function filesOf(place: string): Promise<string[]> {
  const absolute = inProject(place);
  const entries = await readdir(absolute, { withFileTypes: true }).catch(() => null);
  if (!entries) return existsSync(absolute) ? [absolute] : [];
  const nested = entries.map((entry) => {
    if (entry.isDirectory()) return MADE.has(entry.name) ? [] : filesOf(path.join(place, entry.name));
    return entry.isFile() && !/\.test\.ts$|\.md$|\.d\.ts$/.test(entry.name) ? [path.join(absolute, entry.name)] : [];
  });
  return (await Promise.all(nested)).flat();
}
