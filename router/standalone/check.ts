import { loadSupergraph } from '../supergraph.ts';
import { openSource } from '../supergraph-source/open-source.ts';
import type { Settings } from './settings.ts';

/** Reads the supergraph and plans with it, as a start would; throws what is wrong. */
export async function check(from: string, { supergraph, subgraphs }: Settings): Promise<string> {
  const { pollMs, timeoutMs, headers } = supergraph;
  const sdl = await openSource(from, { everyMs: pollMs, timeoutMs, headers }).look();
  const found = loadSupergraph(sdl ?? '').subgraphs;
  const lines = found.map(({ name, url }) => `  ${name}  ${subgraphs[name]?.url ?? url}\n`);
  return `The settings and ${from} are good; its subgraphs are:\n${lines.join('')}`;
}
