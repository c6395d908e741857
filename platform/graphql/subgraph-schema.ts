import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type GraphQLSchema, parse } from 'graphql';
import { buildSchema, createResolversMap } from 'type-graphql';
import { CACHE_CONTROL } from './cache-control.ts';
import type { Context } from './context.ts';

// biome-ignore lint/complexity/noBannedTypes: type-graphql takes classes as Function.
type Class = Function;

/** Answers an entity that another subgraph refers to; null when the viewer may not see it or it is gone. */
export type ReferenceResolver = (reference: never, context: Context) => Promise<unknown>;

export interface SubgraphSchemaParts {
  readonly resolvers: readonly Class[];
  /** Types that no root field of this subgraph reaches, such as stubs of entities. */
  readonly orphanedTypes?: readonly Class[];
  readonly references?: Readonly<Record<string, ReferenceResolver>>;
}

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@authenticated", "@requiresScopes", "@cost", "@listSize"])`;

// type-graphql insists on a pubSub as soon as a @Subscription exists, though each brings its own subscribe().
const NO_PUBSUB = {
  publish() {},
  subscribe(): never {
    throw new Error('Give the @Subscription a subscribe option.');
  },
};

/** The executable schema of a subgraph and its SDL, from type-graphql classes. */
export async function buildSubgraph(parts: SubgraphSchemaParts): Promise<{ schema: GraphQLSchema; sdl: string }> {
  const classes = await buildSchema({
    resolvers: parts.resolvers as [Class],
    orphanedTypes: [...(parts.orphanedTypes ?? [])],
    pubSub: NO_PUBSUB,
    validate: false,
    // Federation's directives are declared by buildSubgraphSchema below, not in this intermediate schema.
    skipCheck: true,
  });
  const types = printSchemaWithDirectives(classes);
  const caching = types.includes('@cacheControl(') ? `${CACHE_CONTROL}\n\n` : '';
  const sdl = `${FEDERATION}\n\n${caching}${types}\n`;
  const resolvers = createResolversMap(classes) as Record<string, Record<string, unknown>>;
  for (const [type, resolve] of Object.entries(parts.references ?? {})) {
    // Async, so that what throws fails its own entity and not the whole list.
    const resolveReference = async (reference: never, context: Context) => resolve(reference, context);
    resolvers[type] = { ...resolvers[type], __resolveReference: resolveReference };
  }
  return { schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]), sdl };
}
