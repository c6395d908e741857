import { Refusal } from '#platform/errors/refusal.ts';
import type { EventsPayload } from '#platform/outbox/listener.ts';
import { allConsumers } from '#platform/outbox/routes.ts';
import { processQueues } from '#platform/queue/open-queues.ts';
import { type ParkedJob as ParkedRow, parkedJobOf } from '#platform/queue/parked-jobs.ts';
import type { JobQueue } from '#platform/queue/queues.ts';
import type { ParkedJob } from './parked-job.type.ts';

/** The queue of a consumer that exists; what is not one is refused before a queue is made of it. */
export async function queueOf(consumer: string): Promise<JobQueue> {
  if (!allConsumers().includes(consumer)) {
    throw new Refusal('CONSUMER_NOT_FOUND', 'Nobody of this name listens; ask queues for those who do.', {
      path: ['input', 'consumer'],
    });
  }
  return (await processQueues()).of(consumer);
}

/** A parked job by the id that the API shows. */
export async function findParked(id: string): Promise<{ queue: JobQueue; consumer: string; row: ParkedRow }> {
  // BullMQ's own ids hold no colon.
  const [consumer = '', job = ''] = splitAtColon(id);
  const queue = allConsumers().includes(consumer) ? (await processQueues()).of(consumer) : null;
  const row = queue && job ? await parkedJobOf(queue, job) : null;
  if (!queue || !row) throw notParked();
  return { queue, consumer, row };
}

export const notParked = () =>
  new Refusal('JOB_NOT_FOUND', 'No job of this id is parked: somebody retried or discarded it, or it never was.', {
    path: ['input', 'id'],
  });

/** A parked job as the API shows it. */
export const shownJob = (
  consumer: string,
  { id, topic, payload, reason, attempts, parkedAt }: ParkedRow,
): ParkedJob => ({
  id: `${consumer}:${id}`,
  consumer,
  event: topic,
  payload: JSON.stringify(eventsOf(payload).map((event) => event.payload)),
  reason,
  attempts,
  parkedAt,
});

/** The events in a job, each under the id of its outbox row. */
export const eventsOf = (payload: object): EventsPayload['events'] => (payload as EventsPayload).events ?? [];

function splitAtColon(id: string): string[] {
  const at = id.indexOf(':');
  return at < 0 ? [] : [id.slice(0, at), id.slice(at + 1)];
}
