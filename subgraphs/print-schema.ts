import { parse, print } from 'graphql';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { SUBGRAPHS, type SubgraphName } from './subgraphs.ts';

/** A subgraph's SDL as its classes make it, with federation's directives. */
export async function printSubgraphSchema(name: SubgraphName): Promise<string> {
  const { sdl } = await buildSubgraph(await SUBGRAPHS[name].load());
  return `${print(parse(sdl))}\n`;
}
