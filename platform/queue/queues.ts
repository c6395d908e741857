import { type JobsOptions, UnrecoverableError, type WorkerOptions } from 'bullmq';
import { log } from '#platform/telemetry/log.ts';
import { queueConfig } from './config.ts';

/** A job of a consumer: `id` names event and consumer, so that adding it twice makes one. */
export interface Job {
  readonly id: string;
  readonly topic: string;
  readonly payload: object;
}

/** Thrown by a handler for what no retry can mend: the job is parked at once. */
export class Hopeless extends UnrecoverableError {}

/** What is used of BullMQ's Queue, the same on both backends. */
interface JobQueue {
  addBulk(jobs: { name: string; data: Omit<Job, 'id'>; opts: JobsOptions }[]): Promise<unknown>;
  getFailed(start: number, end: number): Promise<{ id?: string | undefined; failedReason?: string | undefined }[]>;
  on(event: 'error', listener: (reason: Error) => void): unknown;
  close(): Promise<void>;
}

/** What is used of BullMQ's Worker. */
interface JobWorker {
  on(event: 'error', listener: (reason: Error) => void): unknown;
  on(event: 'failed', listener: (job: FailedJob | undefined, reason: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

interface FailedJob {
  id?: string | undefined;
  attemptsMade: number;
  opts: { attempts?: number | undefined };
}

/** How a backend makes the same BullMQ classes: see postgres-queues.ts and redis-queues.ts. */
export interface QueueBackend {
  queue(name: string): JobQueue;
  worker(name: string, process: (job: Job) => Promise<void>, options: Omit<WorkerOptions, 'connection'>): JobWorker;
  close(): Promise<void>;
}

/** `attempts` is how often a job is tried, `concurrency` how many of a consumer run at once in this process. */
export interface QueueOptions {
  readonly attempts: number;
  readonly backoffMs: number;
  readonly concurrency: number;
  /** How long a job is thought to be at work without a sign of life from its process; it runs again half as much later. */
  readonly lockMs: number;
}

/**
 * Jobs on BullMQ, one queue a consumer. A failing job is tried again with backoff and jitter; the last failure parks
 * it, with its reason, in the queue's failed set, says so in the log, and the queue moves on.
 */
export class Queues {
  readonly #backend: QueueBackend;
  readonly #options: QueueOptions;
  readonly #queues = new Map<string, JobQueue>();
  readonly #workers: JobWorker[] = [];

  constructor(backend: QueueBackend, options: QueueOptions = queueConfig) {
    this.#backend = backend;
    this.#options = options;
  }

  async add(consumer: string, jobs: readonly Job[]): Promise<void> {
    await this.#queue(consumer).addBulk(
      jobs.map(({ id, topic, payload }) => ({
        name: consumer,
        data: { topic, payload },
        opts: { ...jobOptions(this.#options), jobId: id },
      })),
    );
  }

  /** Works a consumer's jobs off until `close`. */
  async work(consumer: string, handle: (job: Job) => Promise<void>): Promise<void> {
    const worker = this.#backend.worker(consumer, handle, workerOptions(this.#options));
    worker.on('error', (reason) =>
      log.warn({ err: reason, consumer }, 'A worker lost its queue; it reconnects by itself'),
    );
    worker.on('failed', (job, reason) => {
      const parked = !job || job.attemptsMade >= (job.opts.attempts ?? 1) || reason instanceof UnrecoverableError;
      const fields = { consumer, job: job?.id, attempts: job?.attemptsMade, err: reason };
      if (parked) log.error({ ...fields, alert: 'job-parked' }, 'A job is parked: mend its cause, then retry it');
      else log.warn(fields, 'A job failed and will be tried again');
    });
    this.#workers.push(worker);
    await worker.waitUntilReady();
  }

  /** The parked jobs of a consumer, newest first, with their reasons. */
  async parked(consumer: string, most = 100): Promise<{ id: string; reason: string }[]> {
    const jobs = await this.#queue(consumer).getFailed(0, most - 1);
    return jobs.map((job) => ({ id: String(job.id), reason: job.failedReason ?? '' }));
  }

  /** Stops taking jobs, waits for those at work, then closes. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
    await this.#backend.close();
  }

  #queue(consumer: string): JobQueue {
    let queue = this.#queues.get(consumer);
    if (!queue) {
      queue = this.#backend.queue(consumer);
      queue.on('error', (reason) =>
        log.warn({ err: reason, consumer }, 'A queue lost its connection; it reconnects by itself'),
      );
      this.#queues.set(consumer, queue);
    }
    return queue;
  }
}

const jobOptions = ({ attempts, backoffMs }: QueueOptions): JobsOptions => ({
  attempts,
  backoff: { type: 'exponential', delay: backoffMs, jitter: 0.5 },
  // A done job leaves at once: were its id kept, the outbox could not add it again after a lost report.
  removeOnComplete: true,
  removeOnFail: false,
});

const workerOptions = ({ concurrency, lockMs }: QueueOptions): Omit<WorkerOptions, 'connection'> => ({
  concurrency,
  lockDuration: lockMs,
  stalledInterval: lockMs / 2,
  // Processes are killed now and then without any fault of the job; only one that kills them again and again is parked.
  maxStalledCount: 10,
  // Else up to 15 seconds of silence after the backend was restarted.
  runRetryDelay: 1_000,
});
