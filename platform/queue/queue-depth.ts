import type { JobQueue } from './queues.ts';

/** How much there is to do for one consumer. */
export interface QueueDepth {
  readonly waiting: number;
  readonly active: number;
  /** Failed, and waiting for its next try. */
  readonly delayed: number;
  readonly parked: number;
  /** Since when the oldest of the waiting and delayed jobs is there; null when there is none. */
  readonly oldestAt: Date | null;
}

export async function queueDepth(queue: JobQueue): Promise<QueueDepth> {
  const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
  const { waiting = 0, active = 0, delayed = 0, failed: parked = 0 } = counts;
  const oldest = await Promise.all([
    waiting > 0 ? queue.getJobs(['waiting'], 0, 0, true) : [],
    delayed > 0 ? queue.getJobs(['delayed'], 0, 0, true) : [],
  ]);
  const times = oldest.flat().flatMap((job) => (job ? [job.timestamp] : []));
  return { waiting, active, delayed, parked, oldestAt: times.length > 0 ? new Date(Math.min(...times)) : null };
}
