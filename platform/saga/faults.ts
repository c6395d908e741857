import { GraphQLError } from 'graphql';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';
import { sagaConfig } from './config.ts';

/** A step took longer than its time: what it asked for may yet happen. */
export class StepTooSlow extends Error {
  override readonly name = 'StepTooSlow';
}

/**
 * Whether a fault is one of the machinery, which passes, and not of the program: only the latter counts towards the
 * tries of a saga. Codes are Postgres' classes and Node's system errors.
 */
export function isOutage(reason: unknown): boolean {
  if (reason instanceof SubgraphUnavailable || reason instanceof StepTooSlow) return true;
  if (reason instanceof GraphQLError) return PASSING.has(reason.extensions.code as string);
  const { code, message = '' } = (reason ?? {}) as { code?: unknown; message?: string };
  if (typeof code === 'string' && (PASSING_SQL.test(code) || SYSTEM.test(code))) return true;
  return /^Connection terminated|^The \w+ database is not open|^The database connections are closed/.test(message);
}

const PASSING = new Set(['SUBGRAPH_UNAVAILABLE', 'OVERLOADED', 'RATE_LIMITED']);
/** Connections, resources, an operator's hand, serialization and locks. */
const PASSING_SQL = /^(?:08|53|57|40)[0-9A-Z]{3}$|^55P03$/;
const SYSTEM = /^E(?:CONN|PIPE|TIMEDOUT|NOTFOUND|HOST|NET|AI_)/;

/** How long to wait before the next try: twice as long each time, and never quite the same for two sagas. */
export function backoffMs(attempts: number, random = Math.random()): number {
  const { retryMs, retryMostMs } = sagaConfig;
  return Math.round(Math.min(retryMostMs, retryMs * 2 ** Math.min(attempts - 1, 30)) * (0.5 + random / 2));
}

/** Gives a deed so long; it goes on unheard when it takes longer. */
export async function within(ms: number, what: string, deed: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StepTooSlow(`${what} took longer than ${ms} ms.`)), ms);
  });
  try {
    await Promise.race([deed, late]);
  } finally {
    clearTimeout(timer);
  }
}
