import type { SagaState } from './saga-store.ts';

/** A saga that waits for a hand. */
export interface ParkedSaga {
  id: string;
  /** Its kind, e.g. `checkout`. */
  name: string;
  step: string;
  fault: string | null;
  attempts: number;
  /** What it will go on doing. */
  goesOn: Extract<SagaState, 'RUNNING' | 'COMPENSATING'>;
  parkedAt: Date;
}

interface SagaDatabase {
  readonly name: string;
  statement<Row>(name: string, text: string): (...values: unknown[]) => Promise<Row[]>;
}

const GOES_ON = `CASE WHEN refusal IS NULL THEN 'RUNNING' ELSE 'COMPENSATING' END`;

/** The sagas of a database, of every kind, that failed too often; and how a hand has one tried again. */
export function parkedSagas(database: SagaDatabase) {
  const list = database.statement<ParkedSaga>(
    `${database.name}.parked-sagas`,
    `SELECT id, name, step, fault, attempts, ${GOES_ON} AS "goesOn", updated_at AS "parkedAt" FROM saga
     WHERE state = 'PARKED' ORDER BY updated_at DESC, id LIMIT $1`,
  );
  const retry = database.statement(
    `${database.name}.retry-saga`,
    `UPDATE saga SET state = ${GOES_ON}, fence = fence + 1, lease_until = now(), begun_at = now(), updated_at = now(), attempts = 1, bugs = 1,
       journal = journal || jsonb_build_array(jsonb_build_array(step, 'retried', (extract(epoch FROM now()) * 1000)::bigint, $3::text))
     WHERE id = $1 AND name = $2 AND state = 'PARKED' RETURNING id`,
  );
  return {
    /** Newest first. */
    list: (most: number) => list(most),
    /** A sweeper goes on with it within a second; false when it is not parked. */
    retry: async (id: string, name: string, who: string): Promise<boolean> => (await retry(id, name, who)).length > 0,
  };
}
