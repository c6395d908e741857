import type { Event } from './event.ts';
import { consumersOf } from './routes.ts';

/** A row of a producer's `outbox`: one event for one consumer. */
export interface OutboxRow {
  /** The job's id: event and consumer. */
  id: string;
  topic: string;
  consumer: string;
  payload: object;
}

/** The rows that announce events, for `createMany` in the transaction of the fact. */
export function outboxRows(...events: Event<object>[]): OutboxRow[] {
  return events.flatMap(({ id, topic, payload, traceparent }) => {
    // Within what is written anyway: a trace costs no statement and no column.
    const written = traceparent === undefined ? payload : { ...payload, traceparent };
    return consumersOf(topic).map((consumer) => ({ id: `${id}-${consumer}`, topic, consumer, payload: written }));
  });
}

/**
 * The same as four arrays, for a statement that states its fact in the same breath:
 * `INSERT INTO outbox (id, topic, consumer, payload) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])`.
 */
export function outboxColumns(...events: Event<object>[]): [string[], string[], string[], string[]] {
  const rows = outboxRows(...events);
  return [
    rows.map((row) => row.id),
    rows.map((row) => row.topic),
    rows.map((row) => row.consumer),
    rows.map((row) => JSON.stringify(row.payload)),
  ];
}
