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

export interface SagaRow {
  id: string;
  step: string;
  state: 'RUNNING' | 'COMPENSATING' | 'WAITING' | 'DONE' | 'REFUSED';
  fence: number;
  input: unknown;
  refusal: StoredRefusal | null;
  /** It waited for the shopper past its time. */
  overdue: boolean;
}

/** Another process took the saga over: what this one was about to write is not written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** How many sagas are taken over at once. */
export const TAKE_AT_MOST = 20;

interface SagaDatabase {
  readonly name: string;
  statement<Row>(name: string, text: string): (...values: unknown[]) => Promise<Row[]>;
}

/** The `saga` table of a database, for one kind of saga. Each write holds only for the holder of the lease. */
export function sagaStore(database: SagaDatabase, saga: string, leaseMs: number) {
  const lease = `now() + make_interval(secs => ${leaseMs / 1_000})`;
  const named = <Row>(what: string, text: string) => database.statement<Row>(`saga.${saga}.${what}`, text);
  const held = `id = $1 AND name = '${saga}' AND fence = $2`;
  const record = named(
    'record',
    `UPDATE saga SET step = $3, lease_until = ${lease}, updated_at = now() WHERE ${held} AND state = 'RUNNING' RETURNING id`,
  );
  const giveUp = named(
    'give-up',
    `UPDATE saga SET state = 'COMPENSATING', refusal = $3, lease_until = ${lease}, updated_at = now()
     WHERE ${held} AND state IN ('RUNNING', 'WAITING', 'COMPENSATING') RETURNING id`,
  );
  const end = named(
    'end',
    `UPDATE saga SET state = $3, updated_at = now() WHERE ${held} AND state IN ('RUNNING', 'COMPENSATING') RETURNING id`,
  );
  const yieldLease = named('yield', `UPDATE saga SET lease_until = now() + interval '1 second' WHERE ${held}`);
  const take = named<SagaRow>(
    'take',
    `WITH due AS MATERIALIZED (
       SELECT id, state = 'WAITING' AS overdue FROM saga
       WHERE name = '${saga}' AND ((state IN ('RUNNING', 'COMPENSATING') AND lease_until < now()) OR (state = 'WAITING' AND due_at < now()))
       ORDER BY lease_until LIMIT ${TAKE_AT_MOST} FOR UPDATE SKIP LOCKED)
     UPDATE saga SET fence = fence + 1, lease_until = ${lease}, updated_at = now(),
       state = CASE state WHEN 'WAITING' THEN 'RUNNING' ELSE state END
     FROM due WHERE saga.id = due.id AND name = '${saga}'
     RETURNING saga.id, step, state, fence, input, refusal, overdue`,
  );
  const resume = named<SagaRow>(
    'resume',
    `UPDATE saga SET state = 'RUNNING', fence = fence + 1, lease_until = ${lease}, updated_at = now()
     WHERE id = $1 AND name = '${saga}' AND state = 'WAITING'
     RETURNING id, step, state, fence, input, refusal, false AS overdue`,
  );
  const mustHold = (rows: unknown[], { id }: Lease) => {
    if (rows.length === 0) throw new LeaseLost(`The lease on ${saga} ${id} is lost.`);
  };

  return {
    /** Records a step before it is done: one that timed out may have succeeded. */
    async record(held: Lease, step: string) {
      mustHold(await record(held.id, held.fence, step), held);
    },
    async giveUp(held: Lease, { code, message, path, details }: Refusal | StoredRefusal) {
      mustHold(await giveUp(held.id, held.fence, JSON.stringify({ code, message, path, details })), held);
    },
    async end(held: Lease, state: 'DONE' | 'REFUSED') {
      mustHold(await end(held.id, held.fence, state), held);
    },
    /** Lets the sweeper have it in a second. */
    async yield(held: Lease) {
      await yieldLease(held.id, held.fence);
    },
    /** Takes over what nobody holds any more, and what waited past its time. */
    take: () => take(),
    /** Goes on with a saga that waits for the shopper; null when it does not. */
    async resume(id: string) {
      return (await resume(id))[0] ?? null;
    },
  };
}

export type SagaStore = ReturnType<typeof sagaStore>;
