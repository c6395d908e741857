import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { composeSubgraphs, type SubgraphSource } from './compose.ts';
import { readSupergraphYaml } from './supergraph-source/supergraph-yaml.ts';

export interface SchemaFilesOptions {
  /** The project's folder: with `supergraph.yaml`. */
  readonly root: string;
  /** The schema of a subgraph as its classes say it. */
  printSubgraph(name: string): Promise<string>;
  /** Writes nothing: stale files are only named. */
  readonly check: boolean;
}

export interface SchemaFiles {
  /** Files that were not as the classes say; written unless only checked. */
  readonly stale: readonly string[];
  readonly apiSdl: string;
  readonly notes: readonly string[];
}

/** Whether the files of the subgraphs' schemas are as the classes say: then there is nothing to compose. */
export async function areSchemasFresh({ root, printSubgraph }: Omit<SchemaFilesOptions, 'check'>): Promise<boolean> {
  const { entries } = await readSupergraphYaml(path.join(root, 'supergraph.yaml'));
  const fresh = entries.map(
    async ({ name, schema }) =>
      !('file' in schema) ||
      (await readFile(schema.file, 'utf8').catch(() => '')) === asFile(await printSubgraph(name)),
  );
  return (await Promise.all(fresh)).every(Boolean);
}

const GENERATED = '# Printed from the classes by `npm run schema`.\n\n';

/** Prints every subgraph's schema, composes the supergraph, and keeps what a review reads beside the code. */
export async function makeSchemaFiles({ root, printSubgraph, check }: SchemaFilesOptions): Promise<SchemaFiles> {
  const stale: string[] = [];
  const keep = async (file: string, content: string): Promise<void> => {
    const target = path.join(root, file);
    if ((await readFile(target, 'utf8').catch(() => '')) === content) return;
    stale.push(file);
    if (check) return;
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  };

  const sources: SubgraphSource[] = [];
  const { entries } = await readSupergraphYaml(path.join(root, 'supergraph.yaml'));
  for (const { name, url, schema } of entries) {
    const sdl = asFile(await printSubgraph(name));
    if ('file' in schema) await keep(path.relative(root, schema.file), sdl);
    sources.push({ name, url, sdl });
  }
  const { supergraphSdl, apiSdl, notes } = composeSubgraphs(sources);
  await keep('router/schema/supergraph.graphql', supergraphSdl);
  await keep('router/schema/api.graphql', `# What clients see.\n${GENERATED}${apiSdl}`);
  return { stale, apiSdl, notes };
}

const asFile = (sdl: string): string => `${GENERATED}${sdl.trim()}\n`;
