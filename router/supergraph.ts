import { type Schema, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { type RequiredFields, requiredFields } from './execution/required-fields.ts';
import { resolvableKeysFirst } from './execution/resolvable-keys.ts';

/** A supergraph that is known to plan: everything that answers a request is made from it. */
export interface LoadedSupergraph {
  /** As the gateway takes it. */
  readonly sdl: string;
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** The same, as the planner takes it. */
  readonly plannerApiSchema: Schema;
  readonly supergraphSchema: GraphQLSchema;
  readonly planner: QueryPlanner;
  /** What keys and requirements read, kept apart from what clients ask for. */
  readonly required: RequiredFields;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
}

/**
 * Reads and checks a supergraph. Throws when it is wrong; the gateway itself finds out only after it has replaced its
 * schema, so every new supergraph passes here first.
 */
export function loadSupergraph(supergraphSdl: string): LoadedSupergraph {
  const sdl = withoutSecurityPurpose(supergraphSdl);
  const supergraph = Supergraph.build(sdl);
  const plannerApiSchema = supergraph.apiSchema();
  const required = requiredFields(sdl);
  const planned = resolvableKeysFirst(required.sdl);
  return {
    sdl,
    apiSchema: plannerApiSchema.toGraphQLJSSchema(),
    plannerApiSchema,
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    planner: new QueryPlanner(
      // It was validated above; in the rewritten one, `@external` fields are left over that nothing requires any more.
      planned === sdl ? supergraph : Supergraph.build(planned, { validateSupergraph: false }),
    ),
    required,
    subgraphs: supergraph.subgraphsMetadata().map(({ name, url }) => ({ name, url: url ?? '' })),
  };
}

const SECURITY_LINK =
  /^(\s*@link\(url: "https:\/\/specs\.apollo\.dev\/(?:authenticated|requiresScopes|policy|context)\/[^"]*"[^)]*?), for: SECURITY\)/gm;

/** The gateway refuses to load directives that it does not enforce; the subgraphs enforce them themselves. */
const withoutSecurityPurpose = (sdl: string): string => sdl.replace(SECURITY_LINK, '$1)');
