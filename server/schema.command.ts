import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { inProject } from '#platform/config/root.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { CompositionError } from '#router/compose.ts';
import { compareWithContract } from '#router/contract.ts';
import { makeSchemaFiles } from '#router/schema-files.ts';
import { SUBGRAPHS, type SubgraphName } from '#subgraphs/subgraphs.ts';

// npm run schema                      prints the subgraphs' schemas and composes them
// npm run schema -- --check           fails when a file of these is stale
// npm run schema -- --against FILE    fails when the API has what the contract in FILE has not
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false }, against: { type: 'string' } } });

process.exitCode = await run().catch((error: unknown) => {
  if (!(error instanceof CompositionError)) throw error;
  console.error(error.message);
  return 1;
});

async function run(): Promise<number> {
  const { stale, apiSdl, notes } = await makeSchemaFiles({ root: inProject(), printSubgraph, check: values.check });
  for (const note of notes) console.log(note);
  for (const file of stale) console.log(`${values.check ? 'stale  ' : 'written'}  ${file}`);
  if (values.check && stale.length > 0) {
    console.error('Run npm run schema and commit what it writes.');
    return 1;
  }
  return values.against ? compare(apiSdl, await readFile(values.against, 'utf8')) : 0;
}

async function printSubgraph(name: string): Promise<string> {
  if (!(name in SUBGRAPHS)) throw new Error(`supergraph.yaml names ${name}, which subgraphs.ts does not list.`);
  return (await buildSubgraph(await SUBGRAPHS[name as SubgraphName].load())).sdl;
}

function compare(apiSdl: string, contractSdl: string): number {
  const { missing, extra } = compareWithContract(apiSdl, contractSdl);
  for (const line of missing) console.log(`- ${line}`);
  for (const line of extra) console.log(`+ ${line}`);
  console.log(`${missing.length} of the contract not built yet, ${extra.length} beyond it.`);
  return extra.length > 0 ? 1 : 0;
}
