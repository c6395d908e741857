import { newId } from '#platform/database/id.ts';
import type { Job, Queues } from '#platform/queue/queues.ts';
import { crashPoint } from '#platform/saga/crash-point.config.ts';
import { every } from '#platform/schedule/every.ts';
import type { OutboxRow } from './announce.ts';
import { outboxConfig } from './config.ts';
import { jobOfOne, MOST_EVENTS } from './listener.ts';

/** The database of a subgraph with an `outbox` table. */
interface Producer {
  readonly name: string;
  statement<Row>(name: string, text: string): (...values: unknown[]) => Promise<Row[]>;
}

export interface RelayTimes {
  readonly everyMs: number;
  /** How long a job may go unreported before it is added again; adding a job that still waits changes nothing. */
  readonly againAfterMs: number;
}

const TIMES: RelayTimes = { everyMs: 200, againAfterMs: outboxConfig.againMs };

/** A row that was taken, and the job that it went into first: added again, it is the same job. */
interface TakenRow extends OutboxRow {
  job: string;
}

/**
 * Turns outbox rows into jobs, many events of one consumer into one. A row stays until its consumer reports that it
 * handled the event, so a queue that lost everything is filled again from here. Several relays of one database share
 * the rows out.
 */
export function startRelay(
  database: Producer,
  queues: Pick<Queues, 'add'>,
  { everyMs, againAfterMs } = TIMES,
): { stop(): Promise<void> } {
  const take = database.statement<TakenRow>(
    `${database.name}.outbox.take`,
    `WITH due AS MATERIALIZED (
       SELECT id FROM outbox WHERE added_at IS NULL OR added_at < now() - make_interval(secs => $1::float / 1000)
       ORDER BY created_at LIMIT ${MOST_EVENTS} FOR UPDATE SKIP LOCKED)
     UPDATE outbox SET added_at = now(), job = coalesce(job, $2) FROM due WHERE outbox.id = due.id
     RETURNING outbox.id, topic, consumer, payload, job`,
  );
  const giveBack = database.statement(
    `${database.name}.outbox.give-back`,
    'UPDATE outbox SET added_at = NULL, job = NULL WHERE id = ANY($1)',
  );

  const relay = async (): Promise<boolean> => {
    const rows = await take(againAfterMs, newId('job'));
    // Each consumer for itself: one whose queue is down keeps nobody else's events waiting.
    const added = await Promise.allSettled(
      [...groupedBy(rows, (row) => row.consumer)].map(async ([consumer, due]) => {
        try {
          crashPoint('outbox.relay:taken');
          await queues.add(consumer, jobsOf(due));
        } catch (reason) {
          await giveBack(due.map((row) => row.id));
          throw reason;
        }
      }),
    );
    const failed = added.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    return rows.length === MOST_EVENTS;
  };

  return every(everyMs, `${database.name} outbox relay`, relay);
}

/** A consumer's rows as jobs: those that went together go together again. */
const jobsOf = (rows: readonly TakenRow[]): Job[] =>
  [...groupedBy(rows, (row) => `${row.job}-${row.consumer}-${row.topic}`)].map(([id, together]) => {
    const events = together.map((row) => ({ id: row.id, payload: row.payload }));
    const { topic } = together[0]!;
    return events.length === 1 ? jobOfOne(topic, events[0]!) : { id, topic, payload: { events } };
  });

function groupedBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
