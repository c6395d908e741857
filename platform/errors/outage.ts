import { GraphQLError } from 'graphql';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';

/**
 * Whether a fault is one of the machinery, which passes, and not of the program: who meets it may try again. Codes are
 * Postgres' classes (appendix A of its manual), Prisma's and Node's system errors.
 */
export function isOutage(reason: unknown): boolean {
  if (reason instanceof SubgraphUnavailable) return true;
  if (reason instanceof GraphQLError) return PASSING.has(reason.extensions.code as string);
  const { code, message = '' } = (reason ?? {}) as { code?: unknown; message?: string };
  if (typeof code === 'string' && [PASSING_SQL, PRISMA, SYSTEM].some((codes) => codes.test(code))) return true;
  return /^Connection terminated|^The \w+ database is not open|^The database connections are closed/.test(message);
}

const PASSING = new Set(['SUBGRAPH_UNAVAILABLE', 'OVERLOADED', 'RATE_LIMITED']);
/** Connections, resources, an operator's hand, serialization and locks. */
const PASSING_SQL = /^(?:08|53|57|40)[0-9A-Z]{3}$|^55P03$/;
/** Not reached, timed out, closed, no connection free, and too many of them. */
const PRISMA = /^P(?:1001|1002|1008|1017|2024|2037)$/;
const SYSTEM = /^E(?:CONN|PIPE|TIMEDOUT|NOTFOUND|HOST|NET|AI_)/;
