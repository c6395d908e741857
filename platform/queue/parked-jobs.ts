import type { JobQueue, StoredJob } from './queues.ts';

/** A job that failed too often, or that no retry can mend: it waits for a hand. */
export interface ParkedJob {
  readonly id: string;
  readonly topic: string;
  readonly payload: object;
  /** What its last try said. */
  readonly reason: string;
  readonly attempts: number;
  readonly parkedAt: Date;
}

const CHUNK = 100;
/** How deep a queue's parked jobs are looked through for one page of them. */
const MOST_LOOKED_AT = 2_000;

/** Up to `most` parked jobs, newest first; with `before`, those parked earlier. */
export async function parkedJobs(
  queue: JobQueue,
  most = CHUNK,
  before?: { at: number; id: string },
): Promise<ParkedJob[]> {
  const found: ParkedJob[] = [];
  for (let start = 0; found.length < most && start < MOST_LOOKED_AT; start += CHUNK) {
    const chunk = await queue.getFailed(start, start + CHUNK - 1);
    const shown = chunk.flatMap((job) => (job ? [parkedJob(job)] : []));
    found.push(...shown.filter((job) => !before || isBefore(job, before)));
    if (chunk.length < CHUNK) break;
  }
  return found.slice(0, most);
}

/** One of them; null when no job of this id is parked. */
export async function parkedJobOf(queue: JobQueue, id: string): Promise<ParkedJob | null> {
  const job = await failed(queue, id);
  return job && parkedJob(job);
}

/** Gives a parked job all its tries again; false when it is not parked (any more). */
export async function retryParked(queue: JobQueue, id: string): Promise<boolean> {
  const job = await failed(queue, id);
  if (!job) return false;
  return job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true }).then(
    () => true,
    // Somebody else retried or discarded it at the same moment.
    async (reason) => {
      if (await failed(queue, id)) throw reason;
      return false;
    },
  );
}

/** Forgets a parked job; false when it is not parked (any more). Its event comes back unless its outbox row is gone. */
export async function discardParked(queue: JobQueue, id: string): Promise<boolean> {
  const job = await failed(queue, id);
  await job?.remove();
  return Boolean(job);
}

async function failed(queue: JobQueue, id: string): Promise<StoredJob | null> {
  const job = await queue.getJob(id);
  return job && (await job.isFailed()) ? job : null;
}

/** The order of all parked jobs, over queues: newest first, and by id within a millisecond. */
export const byParkedAt = (a: ParkedJob, b: ParkedJob): number =>
  b.parkedAt.getTime() - a.parkedAt.getTime() || (a.id < b.id ? -1 : 1);

const isBefore = (job: ParkedJob, { at, id }: { at: number; id: string }): boolean =>
  job.parkedAt.getTime() < at || (job.parkedAt.getTime() === at && job.id > id);

const parkedJob = (job: StoredJob): ParkedJob => ({
  id: String(job.id),
  topic: job.data.topic,
  payload: job.data.payload,
  reason: job.failedReason ?? '',
  attempts: job.attemptsMade,
  parkedAt: new Date(job.finishedOn ?? job.timestamp),
});
