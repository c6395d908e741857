import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { makeUnlessFresh, type Product } from './fresh.ts';

let folder: string;
let product: Product;
let made: number;

beforeEach(async () => {
  await mkdir(inProject('build'), { recursive: true });
  folder = await mkdtemp(inProject('build', 'test-'));
  const at = (name: string) => path.relative(inProject(), path.join(folder, name));
  const name = path.relative(inProject('build'), path.join(folder, 'product'));
  product = { name, from: [at('source')], makes: [at('made.js')], files: /\.ts$/ };
  made = 0;
  await write('source/a.ts', 'a');
});

afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, content: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), content);
}

const make = () =>
  makeUnlessFresh(product, async () => {
    made++;
    await write('made.js', 'made');
  });

test('makes once, and again only when content changed', async () => {
  await make();
  expect(await make()).toBe('upToDate');
  await utimes(path.join(folder, 'source/a.ts'), new Date(), new Date());
  await write('source/notes.md', 'not counted');
  await write('source/a.test.ts', 'nor are tests');
  await make();
  expect(made).toBe(1);

  await write('source/a.ts', 'changed');
  await make();
  await write('source/deep/b.ts', 'new');
  await make();
  await rm(path.join(folder, 'source/deep/b.ts'));
  await make();
  expect(made).toBe(4);
});

test('makes again what was deleted, and what failed', async () => {
  await make();
  await rm(path.join(folder, 'made.js'));
  await make();
  expect(made).toBe(2);

  await write('source/a.ts', 'broken');
  await expect(makeUnlessFresh(product, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await write('source/a.ts', 'a');
  await make();
  expect(made).toBe(3);
});
