import type { Context } from '#platform/graphql/context.ts';
import type { Job, Queues } from '#platform/queue/queues.ts';
import type { Urgency } from '#platform/queue/slots.ts';
import { crashPoint } from '#platform/saga/crash-point.config.ts';
import { log } from '#platform/telemetry/log.ts';
import { inJobSpan } from '#platform/telemetry/traces.ts';
import type { Event, EventKind } from './event.ts';
import type { Reports } from './reports.ts';

/** What a subgraph does when it hears of an event: one file in its `listeners/`. */
export interface Listener {
  /** `<subgraph>-<deed>`, e.g. `payments-capture`: the name of its queue. */
  readonly consumer: string;
  readonly topics: readonly string[];
  /**
   * Takes effect for every event, or throws; notes each event's id in `handled` in the transaction of its effect, so that
   * a second delivery changes nothing. When it throws, each event is tried again by itself.
   */
  readonly handle: (events: readonly Event<never>[], context: Context) => Promise<void>;
  /** Whether `handle` takes many events at once; otherwise it is called for each. */
  readonly takesMany: boolean;
  /** How many of its jobs a process works on at once; JOB_CONCURRENCY where nothing is said. */
  readonly jobsAtOnce?: number | undefined;
}

/** A listener that takes one event at a time. */
export function defineListener<Payload>(
  kind: EventKind<Payload>,
  consumer: string,
  handle: (event: Event<Payload>, context: Context) => Promise<void>,
): Listener {
  return {
    consumer,
    topics: [kind.topic],
    handle: ([event], context) => handle(event!, context),
    takesMany: false,
  };
}

/**
 * A listener on a busy path: takes effect for up to `MOST_EVENTS` at once, in as few statements as it can. One job at a
 * time: what comes meanwhile goes into the next, where two would wait for each other's rows. Not so one that `callsOut`,
 * to a payment provider or a mail server, whose slowest answer the others need not wait for.
 */
export function defineBatchListener<Payload>(
  kind: EventKind<Payload>,
  consumer: string,
  handle: (events: readonly Event<Payload>[], context: Context) => Promise<void>,
  { callsOut = false } = {},
): Listener {
  return { consumer, topics: [kind.topic], handle, takesMany: true, jobsAtOnce: callsOut ? undefined : 1 };
}

/** How many events a job carries at most. */
export const MOST_EVENTS = 200;

/** What a job carries: events of one topic, each under the id of its outbox row. */
export interface EventsPayload {
  readonly events: readonly { readonly id: string; readonly payload: object }[];
}

/** With where it was announced, which listeners are not told. */
interface TracedRow {
  readonly id: string;
  readonly payload: { readonly traceparent?: string };
}

/** The job of an event by itself bears the id of its row, so that it is the same job whoever adds it. */
export const jobOfOne = (topic: string, event: EventsPayload['events'][number]): Job => ({
  id: event.id,
  topic,
  payload: { events: [event] },
});

/** Works a listener's queue off and reports each handled event to its producer. */
export async function startListener(
  listener: Listener,
  queues: Pick<Queues, 'work' | 'add'>,
  makeContext: () => Context,
  reports: Reports,
  urgency?: Urgency,
): Promise<void> {
  const take = async (topic: string, rows: EventsPayload['events']) => {
    const announced = rows.map(({ payload }) => (payload as { traceparent?: string }).traceparent);
    const events = rows.map(({ id, payload: { traceparent, ...payload } }: TracedRow) => ({
      id: id.slice(0, id.indexOf('-')),
      topic,
      payload: payload as never,
    }));
    await inJobSpan(listener.consumer, announced, () => listener.handle(events, makeContext()));
    crashPoint('outbox.listener:handled');
    for (const { id } of rows) reports.add(topic, id);
  };
  const work = async ({ topic, payload }: Job) => {
    const { events } = payload as EventsPayload;
    if (events.length === 1) return take(topic, events);
    const failed = await takeAll(events, listener.takesMany, (some) => take(topic, some));
    // A job each, with tries of its own: one that never works is parked alone.
    if (failed.length > 0)
      await queues.add(
        listener.consumer,
        failed.map((event) => jobOfOne(topic, event)),
      );
  };
  await queues.work(listener.consumer, work, urgency, listener.jobsAtOnce);
}

/** What of a job's events could not be handled. */
async function takeAll(
  events: EventsPayload['events'],
  many: boolean,
  take: (events: EventsPayload['events']) => Promise<void>,
): Promise<EventsPayload['events']> {
  const parts = many ? [events] : events.map((event) => [event]);
  const failed: EventsPayload['events'][number][] = [];
  // In their order, as they were announced.
  for (const part of parts) {
    await take(part).catch((reason) => {
      log.warn(
        { err: reason, events: part.map(({ id }) => id) },
        'Events could not be handled; each is tried by itself',
      );
      failed.push(...part);
    });
  }
  return failed;
}
