import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { inProject } from '#platform/config/root.ts';
import { prismaEnvironment } from './databases.config.ts';
import { generatedFolder, schemaFile, subgraphsWithSchema } from './schemas.ts';

/** Makes the Prisma clients that are missing or older than their schema, and answers whose they are. */
export async function generateClients(only?: string): Promise<string[]> {
  const names = subgraphsWithSchema(only);
  const prints = await Promise.all(names.map(fingerprint));
  const stale = names.filter((_, index) => !prints[index]!.fresh);
  // Prisma's command line takes about a second of one core each.
  const queue = [...stale];
  const worker = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) await generate(name);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return stale;
}

const run = promisify(execFile);

async function generate(subgraph: string): Promise<void> {
  const args = [inProject('node_modules/prisma/build/index.js'), 'generate', '--config', 'prisma/prisma.config.ts'];
  await run(process.execPath, args, { cwd: inProject(), env: prismaEnvironment(subgraph) }).catch((error) => {
    throw new Error(`The Prisma client of ${subgraph} cannot be generated.\n${error.stdout}${error.stderr}`);
  });
  const { file, hash } = await fingerprint(subgraph);
  await writeFile(file, hash);
}

/** A client is fresh while the hash kept inside its folder is that of its schema and of Prisma's version. */
async function fingerprint(subgraph: string): Promise<{ file: string; hash: string; fresh: boolean }> {
  const file = path.join(generatedFolder(subgraph), '.souk-hash');
  const hash = createHash('sha256')
    .update(await readFile(schemaFile(subgraph)))
    .update(await readFile(inProject('node_modules/prisma/package.json')))
    .digest('hex');
  return { file, hash, fresh: (await readFile(file, 'utf8').catch(() => '')) === hash };
}
