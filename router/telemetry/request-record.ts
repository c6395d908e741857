import type { OperationTypeNode } from 'graphql';

/** The way an operation came. */
export type Protocol = 'http' | 'websocket';

/** What a request's line in the log and its metrics are made of: never variables, texts, headers or addresses. */
export interface RequestRecord {
  readonly protocol: Protocol;
  /** By `performance.now()`. */
  readonly startedMs: number;
  /** Stands from the moment that the operation is known to be valid. */
  operation: RecordedOperation | null;
  /** SHA-256 of its text, as persisted queries have it. */
  hash: string | undefined;
  /** Subgraph → how often it was asked. */
  readonly fetches: Map<string, number>;
  /** Codes of the errors that the client was told. */
  readonly codes: Set<string>;
  /** Answered from a cache, without a look at the operation. */
  cached: boolean;
  /** Answered as an equal request, which was under way when it came. */
  joined: boolean;
}

export interface RecordedOperation {
  readonly name: string | null;
  readonly kind: `${OperationTypeNode}`;
}

export const newRecord = (protocol: Protocol): RequestRecord => ({
  protocol,
  startedMs: performance.now(),
  operation: null,
  hash: undefined,
  fetches: new Map(),
  codes: new Set(),
  cached: false,
  joined: false,
});

/** Of a request that shares the answer which another one was given. */
export function tellAs({ operation, hash, codes }: RequestRecord, record: RequestRecord): void {
  record.operation = operation;
  record.hash = hash;
  record.joined = true;
  for (const code of codes) record.codes.add(code);
}

export type Level = 'info' | 'warn' | 'error';

/** Codes of faults that are ours; whoever runs the router should hear of them. */
const FAULTS: Readonly<Record<string, Level>> = {
  INTERNAL: 'error',
  INTERNAL_SERVER_ERROR: 'error',
  SUBGRAPH_UNAVAILABLE: 'warn',
  OVERLOADED: 'warn',
};

/** What a client did wrong is news, not a warning. */
export function levelOf({ codes }: RequestRecord, status: number): Level {
  const levels = new Set([...codes].map((code) => FAULTS[code]));
  if (status >= 500 || levels.has('error')) return 'error';
  return levels.has('warn') ? 'warn' : 'info';
}
