import { writeFile } from 'node:fs/promises';
import { CompositionError, compose } from '../compose.ts';
import { roverErrors, roverHints } from '../rover-report.ts';
import { loadSubgraphs, readSupergraphYaml } from '../supergraph-source/supergraph-yaml.ts';

export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/** `souk-router compose`: SDL to stdout or a file, what is wrong to stderr, as Rover does; the answer is the exit code. */
export async function composeCommand(file: string, target: string | undefined, { out, err }: Output): Promise<number> {
  const { entries, warning } = await readSupergraphYaml(file);
  if (warning) err(`WARN: ${warning}\n`);
  const subgraphs = await loadSubgraphs(entries);
  try {
    const { supergraphSdl, hints } = compose(subgraphs);
    err(roverHints(hints));
    if (target === undefined) out(`${supergraphSdl.trimEnd()}\n`);
    else await writeFile(target, `${supergraphSdl.trimEnd()}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof CompositionError)) throw error;
    err(roverErrors(error, subgraphs.length));
    return 1;
  }
}
