import type { GraphQLError, GraphQLErrorExtensions, GraphQLFormattedError } from 'graphql';
import type { RouterLog } from './log.ts';

/** Codes whose message was written for clients; any other error is a fault, and is masked. */
const SAID = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'UNAUTHORIZED_FIELD_OR_TYPE',
  'RATE_LIMITED',
  'OVERLOADED',
  'COST_LIMIT',
  'SUBGRAPH_UNAVAILABLE',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_IN_LIST',
  'QUERY_NOT_IN_SAFELIST',
  'SUBSCRIPTION_SLOW_CONSUMER',
  'SUBSCRIPTION_SCHEMA_RELOAD',
]);

/** Numbers that go with a code. */
const TOLD = new Set(['retryAfterSeconds', 'estimate', 'limit']);

/** Names no subgraph, host or port, whichever part noticed it. */
export const UNAVAILABLE = 'A part of this service cannot be reached just now; what it answers is missing.';

const SUGGESTION = / Did you mean [^?]*\?/g;

export type FormatError = (error: GraphQLFormattedError, cause?: unknown) => GraphQLFormattedError;

/**
 * The one place where errors leave the router: a code, a sentence, a path, and nothing of the inside. Errors of
 * subgraphs are masked like all that was not written for clients, unless `subgraphErrors` says to tell them.
 */
export function errorFormatter(log: RouterLog, subgraphErrors: 'masked' | 'told' = 'masked'): FormatError {
  return (error, cause = error) => {
    const { message, path, locations, extensions } = error;
    const place = { ...(locations?.length ? { locations } : {}), ...(path ? { path } : {}) };
    const code = extensions?.code;
    if (typeof code === 'string' && SAID.has(code)) {
      const told = Object.entries(extensions ?? {}).filter(
        ([name, value]) => TOLD.has(name) && typeof value === 'number',
      );
      return {
        message: code === 'SUBGRAPH_UNAVAILABLE' ? UNAVAILABLE : message.replace(SUGGESTION, ''),
        ...place,
        extensions: { code, ...Object.fromEntries(told) },
      };
    }
    if (subgraphErrors === 'told' && extensions?.serviceName !== undefined)
      return { message, ...place, extensions: withoutInside(extensions) };
    if (code !== 'INTERNAL') log.error({ err: cause, path }, 'masked error');
    return { message: 'Something went wrong on our side.', ...place, extensions: { code: 'INTERNAL' } };
  };
}

function withoutInside(extensions: GraphQLErrorExtensions): GraphQLErrorExtensions {
  const { serviceName, stacktrace, exception, ...said } = extensions;
  return said;
}

/** `locations` of an error made by a subgraph point into its own operation, which no client knows. */
export const plain = ({ message, path, extensions }: GraphQLError): GraphQLFormattedError => ({
  message,
  ...(path ? { path } : {}),
  extensions,
});
