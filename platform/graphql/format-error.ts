import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isOutage } from '#platform/errors/outage.ts';
import { log } from '#platform/telemetry/log.ts';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';

/**
 * What a subgraph lets its callers see of an error: what was thrown for them, with its code, as it is; a fault only as
 * INTERNAL, or SUBGRAPH_UNAVAILABLE when it passes by itself, as that of a database which restarts. The fault itself goes
 * into the log, with the field it happened at.
 */
export function formatSubgraphError(error: GraphQLError): GraphQLFormattedError {
  const cause = error.originalError;
  if (cause instanceof SubgraphUnavailable)
    return shown(error, 'SUBGRAPH_UNAVAILABLE', `${cause.subgraph} does not answer.`);
  if (!cause || cause instanceof GraphQLError) return error.toJSON();
  if (NO_TEXT.has((cause as { code?: unknown }).code))
    return shown(error, 'BAD_USER_INPUT', 'Text must be valid Unicode without NUL characters.');
  if (isOutage(cause)) {
    log.warn({ err: cause, path: error.path }, 'A resolver met an outage');
    return shown(error, 'SUBGRAPH_UNAVAILABLE', 'What answers this cannot be reached just now; try again.');
  }
  log.error({ err: cause, path: error.path }, 'A resolver failed');
  return shown(error, 'INTERNAL', 'Something went wrong on our side.');
}

/** Postgres' codes for a text, plain or within JSON, that it cannot hold: NUL, or half of a surrogate pair. */
const NO_TEXT = new Set<unknown>(['22021', '22P05']);

const shown = ({ path }: GraphQLError, code: string, message: string): GraphQLFormattedError => ({
  message,
  ...(path ? { path } : {}),
  extensions: { code },
});
