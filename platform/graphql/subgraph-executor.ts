import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import type { Identity } from '#platform/auth/viewer.ts';
import type { CachePolicy } from '#platform/cache/cache-policy.ts';
import type { SubgraphRequest, SubgraphResult } from '#platform/transport/transport.ts';
import { policyOfOperation } from './cache-hints.ts';
import { Context } from './context.ts';

/** What it takes to run a subgraph's operations, in whichever process. */
export interface ExecutableSubgraph {
  readonly schema: GraphQLSchema;
  /** A fresh context for each request, and for each event of a subscription, so that no loader serves stale rows. */
  contextFor(identity: Identity, request: SubgraphRequest): unknown;
  /** Masks what callers may not see; called once for each error. */
  formatError(error: GraphQLError): GraphQLFormattedError;
}

/** Runs operations of one subgraph; operations are parsed and validated once a text. */
export interface SubgraphExecutor {
  execute(request: SubgraphRequest, identity: Identity): Promise<SubgraphResult>;
  /** An `ExecutionResult` when the subscription is refused, else its events; `return()` frees the source at once. */
  subscribe(
    request: SubgraphRequest,
    identity: Identity,
  ): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>>;
}

const MAX_DOCUMENTS = 2_000;

interface Readable {
  readonly document: DocumentNode;
  /** By the operation's name. */
  readonly policies: Map<string, CachePolicy>;
}

type Prepared = Readable | { readonly errors: readonly GraphQLError[] };

export function subgraphExecutor(subgraph: ExecutableSubgraph): SubgraphExecutor {
  const { schema } = subgraph;
  const documents = new Map<string, Prepared>();

  const prepare = (query: string): Prepared => {
    let prepared = documents.get(query);
    if (!prepared) {
      prepared = parseAndValidate(schema, query);
      if (documents.size >= MAX_DOCUMENTS) documents.delete(documents.keys().next().value as string);
      documents.set(query, prepared);
    }
    return prepared;
  };

  const finish = (result: ExecutionResult): ExecutionResult => {
    if (!result.errors) return result;
    const errors = result.errors.map((error) => clean(subgraph.formatError(coded(error, 'BAD_USER_INPUT'))));
    return result.data === undefined ? { errors } : { data: result.data, errors };
  };

  const argumentsOf = (document: DocumentNode, request: SubgraphRequest, identity: Identity) => ({
    schema,
    document,
    variableValues: request.variables ?? {},
    operationName: request.operationName ?? null,
    contextValue: subgraph.contextFor(identity, request),
  });

  /** What a resolver looked at the viewer for is not the same for everybody, whatever the hints say. */
  const policyFor = ({ document, policies }: Readable, { operationName }: SubgraphRequest, context: unknown) => {
    const name = operationName ?? '';
    let policy = policies.get(name);
    if (!policy) {
      policy = policyOfOperation(schema, document, operationName);
      policies.set(name, policy);
    }
    return context instanceof Context && context.isPersonal ? { ...policy, scope: 'PRIVATE' as const } : policy;
  };

  return {
    async execute(request, identity) {
      const prepared = prepare(request.query);
      if ('errors' in prepared) return finish(prepared);
      const given = argumentsOf(prepared.document, request, identity);
      const result = finish(await execute(given));
      return result.errors ? result : { ...result, cachePolicy: policyFor(prepared, request, given.contextValue) };
    },

    async subscribe(request, identity) {
      const prepared = prepare(request.query);
      if ('errors' in prepared) return finish(prepared);
      const source = await createSourceEventStream(argumentsOf(prepared.document, request, identity));
      if (!(Symbol.asyncIterator in source)) return finish(source);
      return eventsOf(source[Symbol.asyncIterator](), async (rootValue) =>
        finish(await execute({ ...argumentsOf(prepared.document, request, identity), rootValue })),
      );
    },
  };
}

function parseAndValidate(schema: GraphQLSchema, query: string): Prepared {
  try {
    const document = parse(query, { noLocation: true });
    const errors = validate(schema, document);
    return errors.length > 0
      ? { errors: errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')) }
      : { document, policies: new Map() };
  } catch (error) {
    // graphql-js 16 throws from validate() on @include(if: $variable) at a subscription's root.
    const message = error instanceof Error ? error.message : String(error);
    return { errors: [new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })] };
  }
}

// An object and not a generator: a generator's return() would wait for the event that is awaited, perhaps forever.
function eventsOf(
  source: AsyncIterator<unknown>,
  run: (event: unknown) => Promise<ExecutionResult>,
): AsyncIterableIterator<ExecutionResult> {
  return {
    async next() {
      const { value, done } = await source.next();
      return done ? { value: undefined, done: true } : { value: await run(value), done: false };
    },
    async return() {
      await source.return?.();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** What has no path never reached a resolver: a variable that its type does not take, or an invalid operation. */
function coded(error: GraphQLError, code: string): GraphQLError {
  if (error.path || error.extensions.code) return error;
  return new GraphQLError(error.message, { extensions: { ...error.extensions, code } });
}

/** Only what the formatter let through: no original error, no nodes of an internal operation. */
const clean = ({ message, path, extensions }: GraphQLFormattedError): GraphQLError =>
  new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null });
