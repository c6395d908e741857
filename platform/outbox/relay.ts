import type { Queues } from '#platform/queue/queues.ts';
import { every } from '#platform/schedule/every.ts';
import type { OutboxRow } from './announce.ts';

/** The database of a subgraph with an `outbox` table. */
interface Producer {
  readonly name: string;
  statement<Row>(name: string, text: string): (...values: unknown[]) => Promise<Row[]>;
}

const BATCH = 500;

export interface RelayTimes {
  readonly everyMs: number;
  /** How long a job may go unreported before it is added again; adding a job that still waits changes nothing. */
  readonly againAfterMs: number;
}

const TIMES: RelayTimes = { everyMs: 200, againAfterMs: 20_000 };

/**
 * Turns outbox rows into jobs. A row stays until its consumer reports that it handled the event, so a queue that lost
 * everything is filled again from here. Several relays of one database share the rows out.
 */
export function startRelay(
  database: Producer,
  queues: Pick<Queues, 'add'>,
  { everyMs, againAfterMs } = TIMES,
): { stop(): Promise<void> } {
  const take = database.statement<OutboxRow>(
    `${database.name}.outbox.take`,
    `WITH due AS MATERIALIZED (
       SELECT id FROM outbox WHERE added_at IS NULL OR added_at < now() - make_interval(secs => $1::float / 1000)
       ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
     UPDATE outbox SET added_at = now() FROM due WHERE outbox.id = due.id
     RETURNING outbox.id, topic, consumer, payload`,
  );
  const giveBack = database.statement(
    `${database.name}.outbox.give-back`,
    'UPDATE outbox SET added_at = NULL WHERE id = ANY($1)',
  );

  const relay = async (): Promise<boolean> => {
    const rows = await take(againAfterMs);
    const consumers = [...new Set(rows.map((row) => row.consumer))];
    // Each for itself: one consumer's queue that is down keeps nobody else's events waiting.
    const added = await Promise.allSettled(
      consumers.map(async (consumer) => {
        const due = rows.filter((row) => row.consumer === consumer);
        try {
          await queues.add(consumer, due);
        } catch (reason) {
          await giveBack(due.map((row) => row.id));
          throw reason;
        }
      }),
    );
    const failed = added.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    return rows.length === BATCH;
  };

  return every(everyMs, `${database.name} outbox relay`, relay);
}
