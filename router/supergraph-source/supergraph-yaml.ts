import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '#platform/config/config-error.ts';
import { COMPOSITION_VERSION, type SubgraphSource } from '../compose.ts';
import { withVariables } from './variables.config.ts';

const Schema = z.union(
  [
    z.strictObject({ file: z.string() }),
    z.strictObject({ sdl: z.string() }),
    z.strictObject({
      subgraph_url: z.string(),
      introspection_headers: z.record(z.string(), z.string()).optional(),
    }),
  ],
  'must be one of file, subgraph_url and sdl',
);

/**
 * `supergraph.yaml` as Rover reads it, but for schemas that are in GraphOS.
 * https://www.apollographql.com/docs/rover/commands/supergraphs#yaml-configuration-file
 */
const SupergraphYaml = z.object({
  federation_version: z.union([z.string(), z.number()]).optional(),
  subgraphs: z
    .record(z.string(), z.object({ routing_url: z.string().optional(), schema: Schema }))
    .refine((subgraphs) => Object.keys(subgraphs).length > 0, 'must name at least one subgraph'),
});

/** A subgraph that a `supergraph.yaml` names, and where its schema is. */
export interface SubgraphEntry {
  readonly name: string;
  readonly url: string;
  readonly schema: z.output<typeof Schema>;
}

/** Reads a `supergraph.yaml`; its files are relative to it, and `${env.NAME}` in it is a variable of the environment. */
export async function readSupergraphYaml(
  file: string,
): Promise<{ readonly entries: readonly SubgraphEntry[]; readonly warning: string | null }> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new ConfigError(`There is no file ${file}: name a supergraph.yaml that is there.`);
  });
  const parsed = SupergraphYaml.safeParse(yamlIn(file, withVariables(text, file)));
  if (!parsed.success) {
    const { path: at, message } = parsed.error.issues[0]!;
    throw new ConfigError(
      `${file}: ${at.join('.') || 'it'} is wrong (${message}); write it as Rover's documentation says.`,
    );
  }
  const entries = Object.entries(parsed.data.subgraphs).map(([name, { routing_url, schema }]): SubgraphEntry => {
    const url = routing_url ?? ('subgraph_url' in schema ? schema.subgraph_url : undefined);
    if (url === undefined)
      throw new ConfigError(`${file}: subgraphs.${name} has no routing_url: say where the subgraph answers.`);
    return { name, url, schema: 'file' in schema ? { file: path.resolve(path.dirname(file), schema.file) } : schema };
  });
  return { entries, warning: versionWarning(file, parsed.data.federation_version) };
}

/** Reads, asks for or takes the schema of each. */
export const loadSubgraphs = (entries: readonly SubgraphEntry[]): Promise<SubgraphSource[]> =>
  Promise.all(entries.map(async ({ name, url, schema }) => ({ name, url, sdl: await sdlOf(name, schema) })));

async function sdlOf(name: string, schema: SubgraphEntry['schema']): Promise<string> {
  if ('sdl' in schema) return schema.sdl;
  if ('subgraph_url' in schema)
    return introspectSubgraph(name, schema.subgraph_url, schema.introspection_headers ?? {});
  return readFile(schema.file, 'utf8').catch(() => {
    throw new ConfigError(`The schema of ${name} is to be in ${schema.file}, where there is no file: mend its path.`);
  });
}

const ASK_WITHIN_MS = 10_000;

/** A subgraph tells its own schema. https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec */
async function introspectSubgraph(
  name: string,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const fault = (reason: string) =>
    new ConfigError(`The subgraph ${name} does not tell its schema at ${url} (${reason}): look whether it is up.`);
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'query SubgraphIntrospectQuery { _service { sdl } }' }),
    signal: AbortSignal.timeout(ASK_WITHIN_MS),
  }).catch((error: Error & { cause?: { code?: string } }) => {
    throw fault(error.cause?.code ?? error.name);
  });
  const answer = (await response.json().catch(() => null)) as { data?: { _service?: { sdl?: string } } } | null;
  const sdl = answer?.data?._service?.sdl;
  if (typeof sdl !== 'string') throw fault(`it answered ${response.status} without one`);
  return sdl;
}

function yamlIn(file: string, text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    throw new ConfigError(`${file} is not YAML: ${(error as Error).message.split('\n')[0]}`);
  }
}

/** Rover composes with the version that is asked for; this one always with its own. */
function versionWarning(file: string, asked: string | number | undefined): string | null {
  const version = /^=?(\d+)(?:\.(\d+)\.(\d+))?$/.exec(String(asked ?? '2'));
  if (version?.[1] !== '2')
    throw new ConfigError(`${file}: federation_version is ${asked}: set it to 2, the only one that is composed here.`);
  const exact = String(asked ?? '').startsWith('=') ? String(asked).slice(1) : COMPOSITION_VERSION;
  return exact === COMPOSITION_VERSION ? null : `composed with Federation ${COMPOSITION_VERSION}, not ${exact}`;
}
