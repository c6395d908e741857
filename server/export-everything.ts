import { createWriteStream } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ExportedKind } from '#platform/subgraph/export.ts';

export interface WrittenKind {
  readonly kind: string;
  readonly file: string;
  readonly count: number;
}

/**
 * Writes each kind into a file of its own, a JSON object a line, holding one page in memory. A file is there once it is
 * whole; what is in it is personal, so that only its owner may read it.
 */
export async function exportEverything(
  kinds: readonly ExportedKind[],
  folder: string,
  progress: (kind: string, count: number) => void = () => undefined,
): Promise<WrittenKind[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const written: WrittenKind[] = [];
  for (const { kind, pages } of kinds) {
    const file = path.join(folder, `${kind}.jsonl`);
    const count = await writeLines(pages(), file, (so) => progress(kind, so));
    written.push({ kind, file, count });
  }
  return written;
}

async function writeLines(
  pages: AsyncIterable<readonly object[]>,
  file: string,
  progress: (count: number) => void,
): Promise<number> {
  const unfinished = `${file}.unfinished`;
  let count = 0;
  const lines = Readable.from(
    (async function* () {
      for await (const page of pages) {
        count += page.length;
        if (page.length > 0) yield `${page.map((thing) => JSON.stringify(thing)).join('\n')}\n`;
        progress(count);
      }
    })(),
  );
  try {
    await pipeline(lines, createWriteStream(unfinished, { mode: 0o600 }));
  } catch (reason) {
    await rm(unfinished, { force: true });
    throw reason;
  }
  // The mode above is that of a new file only.
  await chmod(unfinished, 0o600);
  await rename(unfinished, file);
  return count;
}
