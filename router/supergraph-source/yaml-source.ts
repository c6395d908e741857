import { type Composed, compose } from '../compose.ts';
import { changesOf } from './file-source.ts';
import type { SupergraphSource } from './supergraph-source.ts';
import { loadSubgraphs, readSupergraphYaml, type SubgraphEntry } from './supergraph-yaml.ts';

const FILES_EVERY_MS = 500;

/** A `supergraph.yaml`, composed again whenever it, a schema file or the answer of a `subgraph_url` changes. */
export function yamlSource(
  file: string,
  { everyMs, onComposed }: { everyMs: number; onComposed?: (composed: Composed) => void },
): SupergraphSource {
  let entries: readonly SubgraphEntry[] = [];
  const filesChanged = changesOf(() => [
    file,
    ...entries.flatMap(({ schema }) => ('file' in schema ? schema.file : [])),
  ]);
  let askedAtMs = 0;
  let known: string | undefined;

  return {
    name: file,
    everyMs: FILES_EVERY_MS,
    async look() {
      const asks = entries.some(({ schema }) => 'subgraph_url' in schema) && performance.now() - askedAtMs >= everyMs;
      if (!(await filesChanged()) && !asks) return null;
      ({ entries } = await readSupergraphYaml(file));
      askedAtMs = performance.now();
      const subgraphs = await loadSubgraphs(entries);
      const given = JSON.stringify(subgraphs);
      if (given === known) return null;
      known = given;
      const composed = compose(subgraphs);
      onComposed?.(composed);
      return composed.supergraphSdl;
    },
  };
}
