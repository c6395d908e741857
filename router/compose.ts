import { type CompositionResult, composeServices } from '@apollo/composition';
import { type GraphQLError, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { loadSupergraph } from './supergraph.ts';

/** Of the packages that compose here. */
export const COMPOSITION_VERSION = '2.14.4';

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

/** What does not fit together, as Apollo's composition tells it. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

/** All that is wrong. */
export class CompositionError extends Error {
  override readonly name = 'CompositionError';
  readonly problems: readonly string[];
  constructor(problems: readonly Problem[]) {
    const lines = problems.map(({ code, message }) => `${code}: ${message}`);
    super(`The supergraph does not compose:\n${lines.map((line) => `  ${line}`).join('\n')}`);
    this.problems = lines;
  }
}

export interface Composed {
  /** For the router. */
  readonly supergraphSdl: string;
  readonly hints: readonly Problem[];
}

/** Composes as Rover does: hints are only told. Throws a `CompositionError` when the subgraphs do not fit together. */
export function compose(subgraphs: readonly SubgraphSource[]): Composed {
  const unreadable: Problem[] = [];
  const services = subgraphs.map(({ name, url, sdl }) => {
    try {
      return { name, url, typeDefs: parse(sdl) };
    } catch (error) {
      const { message, locations } = error as GraphQLError;
      const at = locations?.[0] ? ` (${locations[0].line}:${locations[0].column})` : '';
      unreadable.push({ code: 'INVALID_GRAPHQL', message: `[${name}] ${message}${at}` });
      return null;
    }
  });
  if (unreadable.length > 0) throw new CompositionError(unreadable);
  const { errors, hints, supergraphSdl } = composeServices(services.filter((service) => service !== null));
  if (errors?.length || !supergraphSdl) throw new CompositionError((errors ?? []).map(problemOf));
  return { supergraphSdl, hints: hints.map(told) };
}

const problemOf = ({ extensions, message }: GraphQLError): Problem => ({
  code: String(extensions.code ?? 'UNKNOWN'),
  message,
});

type Hint = NonNullable<CompositionResult['hints']>[number];

const told = ({ definition, message }: Hint): Problem => ({ code: definition.code, message });

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
  const { supergraphSdl, hints } = compose(subgraphs);
  const grave = hints.filter(({ code }) => !HARMLESS.has(code));
  if (grave.length > 0) throw new CompositionError(grave);
  const { apiSchema } = loadSupergraph(supergraphSdl);
  return {
    supergraphSdl,
    apiSdl: `${printSchema(lexicographicSortSchema(apiSchema))}\n`,
    notes: hints.map(({ code, message }) => `${code}: ${message}`),
  };
}
