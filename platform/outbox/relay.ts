import type { Queues } from '#platform/queue/queues.ts';
import { every } from '#platform/schedule/every.ts';
import type { OutboxRow } from './announce.ts';

/** The database of a subgraph with an `outbox` table. */
interface Producer {
  readonly name: string;
  statement<Row>(name: string, text: string): (...values: unknown[]) => Promise<Row[]>;
}

const BATCH = 500;
const EVERY_MS = 200;
/** How long a job may go unreported before it is added again; adding a job that still waits changes nothing. */
const AGAIN_AFTER_SECONDS = 20;

/**
 * Turns outbox rows into jobs. A row stays until its consumer reports that it handled the event, so a queue that lost
 * everything is filled again from here. Several relays of one database share the rows out.
 */
export function startRelay(database: Producer, queues: Queues): { stop(): Promise<void> } {
  const take = database.statement<OutboxRow>(
    `${database.name}.outbox.take`,
    `UPDATE outbox SET added_at = now() WHERE id IN (
       SELECT id FROM outbox WHERE added_at IS NULL OR added_at < now() - make_interval(secs => ${AGAIN_AFTER_SECONDS})
       ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
     RETURNING id, topic, consumer, payload`,
  );
  const giveBack = database.statement(
    `${database.name}.outbox.give-back`,
    'UPDATE outbox SET added_at = NULL WHERE id = ANY($1)',
  );

  const relay = async (): Promise<boolean> => {
    const rows = await take();
    for (const consumer of new Set(rows.map((row) => row.consumer))) {
      const due = rows.filter((row) => row.consumer === consumer);
      try {
        await queues.add(consumer, due);
      } catch (reason) {
        await giveBack(due.map((row) => row.id));
        throw reason;
      }
    }
    return rows.length === BATCH;
  };

  return every(EVERY_MS, `${database.name} outbox relay`, relay);
}
