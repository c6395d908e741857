import type { Refusal } from '#platform/errors/refusal.ts';

/** The right to go on with a saga until it runs out: every write of a step carries the fence and fails under an old one. */
export interface Lease {
  readonly id: string;
  readonly fence: number;
}

/** What is kept of why a saga was given up. */
export interface StoredRefusal {
  code: string;
  message: string;
  path?: readonly string[] | undefined;
  details: Readonly<Record<string, unknown>>;
}

/**
 * RUNNING and COMPENSATING are under way, WAITING is for the shopper, PARKED for a hand: a saga that failed too often,
 * with its reason in `fault`. DONE and REFUSED have ended.
 */
export type SagaState = 'RUNNING' | 'COMPENSATING' | 'WAITING' | 'PARKED' | 'DONE' | 'REFUSED';

export interface SagaRow {
  id: string;
  step: string;
  state: SagaState;
  fence: number;
  input: unknown;
  refusal: StoredRefusal | null;
  /** It waited for the shopper past its time. */
  overdue: boolean;
  /** How often it was begun or taken over since it last came further; a new one is at its first. */
  attempts?: number;
  /** How many of these are not known to be an outage's. */
  bugs?: number;
  /** Since when it runs, or runs again after it waited. */
  age_ms?: number;
}

/** What happened: `[step, what, milliseconds since 1970, who]`; `who` only where it is not the saga's own runner. */
export type JournalEntry = [step: string, what: Told, at: number, who?: string];
export type Told = 'done' | 'undone' | 'failed' | 'waiting' | 'refused' | 'taken over' | 'parked' | 'retried';

/** Another process took the saga over: what this one was about to write is not written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** How many sagas are taken over at once. */
export const TAKE_AT_MOST = 20;

interface SagaDatabase {
  readonly name: string;
  statement<Row>(name: string, text: string): (...values: unknown[]) => Promise<Row[]>;
  groupedStatement<Row>(name: string, text: string): (...values: unknown[]) => Promise<Row[]>;
}

const TAKEN =
  'saga.id, step, state, fence, input, refusal, attempts, bugs, extract(epoch FROM now() - begun_at)::float8 * 1000 AS age_ms';

/**
 * The `saga` table of a database, for one kind of saga. Each write holds only for the holder of the lease, and takes
 * along what the runner has to tell: the journal costs no statement of its own.
 */
export function sagaStore(database: SagaDatabase, saga: string, leaseMs: number) {
  const lease = `now() + make_interval(secs => ${leaseMs / 1_000})`;
  const named = <Row>(what: string, text: string) => database.statement<Row>(`saga.${saga}.${what}`, text);
  /** What each saga that goes well writes, of its own row alone. */
  const usual = (what: string, text: string) => database.groupedStatement(`saga.${saga}.${what}`, text);
  const held = `id = $1 AND name = '${saga}' AND fence = $2`;
  const record = usual(
    'record',
    `UPDATE saga SET step = $3, lease_until = ${lease}, updated_at = now(), attempts = 1, bugs = 1, journal = journal || $4::jsonb
     WHERE ${held} AND state = 'RUNNING' RETURNING id`,
  );
  // Only from the step where the runner believes it to be: a step whose answer got lost may have moved it beyond undoing.
  const giveUp = named(
    'give-up',
    `UPDATE saga SET state = 'COMPENSATING', step = $5, refusal = $3, lease_until = ${lease}, updated_at = now(), begun_at = now(),
       attempts = 1, bugs = 1, journal = journal || $4::jsonb
     WHERE ${held} AND step = $6 AND state IN ('RUNNING', 'WAITING', 'COMPENSATING') RETURNING id`,
  );
  const end = usual(
    'end',
    `UPDATE saga SET state = $3, updated_at = now(), journal = journal || $4::jsonb
     WHERE ${held} AND state IN ('RUNNING', 'COMPENSATING') RETURNING id`,
  );
  const standDown = named(
    'stand-down',
    `UPDATE saga SET state = CASE WHEN $3 THEN 'PARKED' ELSE state END, lease_until = now() + make_interval(secs => $4::float8 / 1000),
       attempts = $5, bugs = $6, fault = $7, updated_at = now(),
       journal = CASE WHEN jsonb_array_length(journal) < 100 OR $3 THEN journal || $8::jsonb ELSE journal END
     WHERE ${held} AND state IN ('RUNNING', 'COMPENSATING') RETURNING id`,
  );
  const take = named<SagaRow>(
    'take',
    `WITH due AS MATERIALIZED (
       SELECT id, state = 'WAITING' AS overdue FROM saga
       WHERE name = '${saga}' AND ((state IN ('RUNNING', 'COMPENSATING') AND lease_until < now()) OR (state = 'WAITING' AND due_at < now()))
       ORDER BY lease_until LIMIT ${TAKE_AT_MOST} FOR UPDATE SKIP LOCKED)
     UPDATE saga SET fence = fence + 1, lease_until = ${lease}, updated_at = now(),
       attempts = CASE state WHEN 'WAITING' THEN 1 ELSE attempts + 1 END, bugs = CASE state WHEN 'WAITING' THEN 1 ELSE bugs + 1 END,
       begun_at = CASE state WHEN 'WAITING' THEN now() ELSE begun_at END, state = CASE state WHEN 'WAITING' THEN 'RUNNING' ELSE state END
     FROM due WHERE saga.id = due.id AND name = '${saga}'
     RETURNING ${TAKEN}, overdue`,
  );
  const resume = named<SagaRow>(
    'resume',
    `UPDATE saga SET state = 'RUNNING', fence = fence + 1, lease_until = ${lease}, updated_at = now(), begun_at = now(), attempts = 1, bugs = 1
     WHERE id = $1 AND name = '${saga}' AND state = 'WAITING'
     RETURNING ${TAKEN}, false AS overdue`,
  );
  const mustHold = (rows: unknown[], { id }: Lease) => {
    if (rows.length === 0) throw new LeaseLost(`The lease on ${saga} ${id} is lost.`);
  };

  return {
    leaseMs,
    /** Records a step before it is done: one that timed out may have succeeded. */
    async record(held: Lease, step: string, told: readonly JournalEntry[] = []) {
      mustHold(await record(held.id, held.fence, step, JSON.stringify(told)), held);
    },
    /** From now on it is undone, beginning at `at`; `recorded` is the step that it was last known to be at. */
    async giveUp(
      held: Lease,
      why: Refusal | StoredRefusal,
      at: string,
      recorded: string,
      told: readonly JournalEntry[] = [],
    ) {
      const { code, message, path, details } = why;
      const refusal = JSON.stringify({ code, message, path, details });
      mustHold(await giveUp(held.id, held.fence, refusal, JSON.stringify(told), at, recorded), held);
    },
    async end(held: Lease, state: 'DONE' | 'REFUSED', told: readonly JournalEntry[] = []) {
      mustHold(await end(held.id, held.fence, state, JSON.stringify(told)), held);
    },
    /** Lets go of it after a fault: a sweeper has it when the pause is over, or a hand when it is parked. */
    async standDown(held: Lease, fault: StandDown, told: readonly JournalEntry[] = []) {
      const { parked, pauseMs, attempts, bugs, message } = fault;
      await standDown(
        held.id,
        held.fence,
        parked,
        pauseMs,
        attempts,
        bugs,
        message.slice(0, 500),
        JSON.stringify(told),
      );
    },
    /** Takes over what nobody holds any more, and what waited past its time. */
    take: () => take(),
    /** Goes on with a saga that waits for the shopper; null when it does not. */
    async resume(id: string) {
      return (await resume(id))[0] ?? null;
    },
  };
}

export interface StandDown {
  readonly parked: boolean;
  readonly pauseMs: number;
  readonly attempts: number;
  readonly bugs: number;
  readonly message: string;
}

export type SagaStore = ReturnType<typeof sagaStore>;
