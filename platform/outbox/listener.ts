import type { Context } from '#platform/graphql/context.ts';
import type { Job, Queues } from '#platform/queue/queues.ts';
import type { Event, EventKind } from './event.ts';
import type { Reports } from './reports.ts';

/** What a subgraph does when it hears of an event: one file in its `listeners/`. */
export interface Listener {
  /** `<subgraph>-<deed>`, e.g. `payments-capture`: the name of its queue. */
  readonly consumer: string;
  readonly topic: string;
  /**
   * Takes effect, and notes the event's id in `handled` in the same transaction, so that a second delivery changes
   * nothing. What throws is tried again.
   */
  readonly handle: (event: Event<never>, context: Context) => Promise<void>;
}

export function defineListener<Payload>(
  kind: EventKind<Payload>,
  consumer: string,
  handle: (event: Event<Payload>, context: Context) => Promise<void>,
): Listener {
  return { consumer, topic: kind.topic, handle };
}

/** Works a listener's queue off and reports each handled event to its producer. */
export async function startListener(
  listener: Listener,
  queues: Queues,
  makeContext: () => Context,
  reports: Reports,
): Promise<void> {
  await queues.work(listener.consumer, async (job: Job) => {
    const id = job.id.slice(0, job.id.indexOf('-'));
    await listener.handle({ id, topic: job.topic, payload: job.payload as never }, makeContext());
    reports.add(job.topic, job.id);
  });
}
