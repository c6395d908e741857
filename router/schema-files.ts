import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { composeSubgraphs, readSupergraphYaml, type SubgraphSource } from './compose.ts';

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
  for (const { name, url, schema } of await readSupergraphYaml(path.join(root, 'supergraph.yaml'))) {
    const sdl = `${GENERATED}${(await printSubgraph(name)).trim()}\n`;
    if ('file' in schema) await keep(path.relative(root, schema.file), sdl);
    sources.push({ name, url, sdl });
  }
  const { supergraphSdl, apiSdl, notes } = composeSubgraphs(sources);
  await keep('router/schema/supergraph.graphql', supergraphSdl);
  await keep('router/schema/api.graphql', `# What clients see.\n${GENERATED}${apiSdl}`);
  return { stale, apiSdl, notes };
}
