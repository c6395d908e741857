import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CompositionResult, composeServices } from '@apollo/composition';
import { lexicographicSortSchema, parse, printSchema } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { loadSupergraph } from './supergraph.ts';

/** `supergraph.yaml` as Rover reads it, as far as files and texts go. */
const SupergraphYaml = z.object({
  federation_version: z.union([z.string(), z.number()]).optional(),
  subgraphs: z.record(
    z.string(),
    z.object({
      routing_url: z.string(),
      schema: z.union([z.object({ file: z.string() }).strict(), z.object({ sdl: z.string() }).strict()]),
    }),
  ),
});

export interface SubgraphSource {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

export interface Composition {
  /** For the router. */
  readonly supergraphSdl: string;
  /** What clients see, sorted. */
  readonly apiSdl: string;
  /** Hints that change nothing for clients. */
  readonly notes: readonly string[];
}

/** All that is wrong, each in a line as Rover prints it. */
export class CompositionError extends Error {
  override readonly name = 'CompositionError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The supergraph does not compose:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * About migrations between subgraphs, and about types that only one of several needs. Every other hint tells of
 * something that is dropped from the API, or published in it, without anybody having said so: it fails.
 */
const HARMLESS = new Set([
  'IMPLICITLY_UPGRADED_FEDERATION_VERSION',
  'INCONSISTENT_ENTITY',
  'OVERRIDDEN_FIELD_CAN_BE_REMOVED',
  'OVERRIDE_DIRECTIVE_CAN_BE_REMOVED',
  'OVERRIDE_MIGRATION_IN_PROGRESS',
  'UNUSED_ENUM_TYPE',
]);

/** Throws a `CompositionError` when the subgraphs do not fit together, or fit in a way nobody meant. */
export function composeSubgraphs(subgraphs: readonly SubgraphSource[]): Composition {
  const { errors, hints, supergraphSdl } = composeServices(
    subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (errors?.length || !supergraphSdl)
    throw new CompositionError((errors ?? []).map((error) => `${error.extensions.code}: ${error.message}`));
  const grave = hints.filter((hint) => !HARMLESS.has(hint.definition.code));
  if (grave.length > 0) throw new CompositionError(grave.map(told));
  const { apiSchema } = loadSupergraph(supergraphSdl);
  return {
    supergraphSdl,
    apiSdl: `${printSchema(lexicographicSortSchema(apiSchema))}\n`,
    notes: hints.map(told),
  };
}

type Hint = NonNullable<CompositionResult['hints']>[number];

const told = ({ definition, message }: Hint): string => `${definition.code}: ${message}`;

/** A subgraph that a `supergraph.yaml` names: its schema is in a file, or in the text itself. */
export interface SubgraphEntry {
  readonly name: string;
  readonly url: string;
  readonly schema: { readonly file: string } | { readonly sdl: string };
}

/** Reads a `supergraph.yaml`; its files are relative to it. */
export async function readSupergraphYaml(file: string): Promise<SubgraphEntry[]> {
  const parsed = SupergraphYaml.safeParse(parseYaml(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return Object.entries(parsed.data.subgraphs).map(([name, { routing_url: url, schema }]) => ({
    name,
    url,
    schema: 'sdl' in schema ? schema : { file: path.resolve(path.dirname(file), schema.file) },
  }));
}
