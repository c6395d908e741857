import { DelayedError, type JobsOptions, UnrecoverableError, type WorkerOptions } from 'bullmq';
import { isOutage } from '#platform/errors/outage.ts';
import { log } from '#platform/telemetry/log.ts';
import { counter, duration } from '#platform/telemetry/metrics.ts';
import { queueConfig } from './config.ts';
import { type ParkedJob, parkedJobs } from './parked-jobs.ts';
import { Slots, type Urgency } from './slots.ts';

/** A job of a consumer: `id` names event and consumer, so that adding it twice makes one. */
export interface Job {
  readonly id: string;
  readonly topic: string;
  readonly payload: object;
}

/** Thrown by a handler for what no retry can mend: the job is parked at once. */
export class Hopeless extends UnrecoverableError {}

/** What is used of BullMQ's Queue, the same on both backends. */
export interface JobQueue {
  add(name: string, data: Omit<Job, 'id'>, opts: JobsOptions): Promise<unknown>;
  addBulk(jobs: { name: string; data: Omit<Job, 'id'>; opts: JobsOptions }[]): Promise<unknown>;
  getJob(id: string): Promise<StoredJob | undefined>;
  getFailed(start: number, end: number): Promise<(StoredJob | undefined)[]>;
  getJobs(
    states: ('waiting' | 'delayed')[],
    start: number,
    end: number,
    asc: boolean,
  ): Promise<(StoredJob | undefined)[]>;
  getJobCounts(...states: ('waiting' | 'active' | 'delayed' | 'failed')[]): Promise<Record<string, number>>;
  on(event: 'error', listener: (reason: Error) => void): unknown;
  close(): Promise<void>;
}

/** What is used of a job that a queue keeps. */
export interface StoredJob {
  id?: string | undefined;
  data: Omit<Job, 'id'>;
  /** When it was added, in milliseconds since 1970. */
  timestamp: number;
  attemptsMade: number;
  failedReason?: string | undefined;
  finishedOn?: number | undefined;
  isFailed(): Promise<boolean>;
  retry(state: 'failed', options: { resetAttemptsMade: boolean; resetAttemptsStarted: boolean }): Promise<void>;
  remove(): Promise<void>;
}

/** What is used of a job that has its turn. */
export interface StartedJob {
  id?: string | undefined;
  data: Omit<Job, 'id'>;
  /** How often it had its turn, this one too. */
  attemptsStarted: number;
  moveToDelayed(timestamp: number, token?: string): Promise<void>;
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
  worker(
    name: string,
    process: (job: StartedJob, token?: string) => Promise<void>,
    options: Omit<WorkerOptions, 'connection'>,
  ): JobWorker;
  close(): Promise<void>;
}

/** What was done of a job, by consumer; one that is `delayed` by an outage or `retried` comes again. */
const jobs = counter(
  'souk_jobs',
  'Jobs that were worked on, by consumer and outcome: done, delayed, retried or parked',
);
const seconds = duration('souk_job_duration_seconds', 'How long a job took once it had its turn, by consumer');

/** `attempts` is how often a job is tried, `concurrency` how many of a consumer run at once in this process. */
export interface QueueOptions {
  readonly attempts: number;
  readonly backoffMs: number;
  readonly concurrency: number;
  /** How many of all consumers run at once in this process. */
  readonly slots?: number | undefined;
  /** How long a job is thought to be at work without a sign of life from its process; it runs again half as much later. */
  readonly lockMs: number;
}

/**
 * Jobs on BullMQ, one queue a consumer. A failing job is tried again with backoff and jitter; the last failure parks
 * it, with its reason, in the queue's failed set, says so in the log, and the queue moves on. An outage is no failure of
 * a job: it waits until that ends, however long, and is at work again within seconds; how much waits is a metric.
 */
export class Queues {
  readonly #backend: QueueBackend;
  readonly #options: QueueOptions;
  readonly #queues = new Map<string, JobQueue>();
  readonly #workers: JobWorker[] = [];
  readonly #slots: Slots;

  constructor(backend: QueueBackend, options: QueueOptions = queueConfig) {
    this.#backend = backend;
    this.#options = options;
    this.#slots = new Slots(options.slots ?? Number.POSITIVE_INFINITY);
  }

  /** The queue of a consumer, for looking into it. */
  of(consumer: string): JobQueue {
    return this.#queue(consumer);
  }

  async add(consumer: string, jobs: readonly Job[]): Promise<void> {
    const queue = this.#queue(consumer);
    const options = jobOptions(this.#options);
    const added = jobs.map(({ id, topic, payload }) => ({
      name: consumer,
      data: { topic, payload },
      opts: { ...options, jobId: id },
    }));
    try {
      // On Postgres a bulk makes two temporary tables: 7 ms against 0.4 ms for one by itself.
      if (added.length > FEW) await queue.addBulk(added);
      else await Promise.all(added.map(({ name, data, opts }) => queue.add(name, data, opts)));
    } catch (reason) {
      // One that could not connect when it was first used never tries again: the next to add makes another.
      if (this.#queues.get(consumer) === queue) this.#queues.delete(consumer);
      void queue.close().catch(() => undefined);
      throw reason;
    }
  }

  /** Works a consumer's jobs off until `close`, so many at once, the more urgent ones of all consumers first. */
  async work(
    consumer: string,
    handle: (job: Job) => Promise<void>,
    urgency: Urgency = 'usual',
    atOnce = this.#options.concurrency,
  ): Promise<void> {
    const take = async (started: StartedJob, token?: string) => {
      const job = { id: String(started.id), ...started.data };
      try {
        await this.#slots.run(urgency, () => measured(consumer, () => handle(job)));
      } catch (reason) {
        if (!isOutage(reason)) throw reason;
        jobs.add(1, { consumer, outcome: 'delayed' });
        log.warn({ consumer, job: job.id, err: reason }, 'A job waits for an outage to end');
        await started.moveToDelayed(Date.now() + outagePause(started.attemptsStarted, this.#options.backoffMs), token);
        throw new DelayedError();
      }
    };
    const worker = this.#backend.worker(consumer, take, workerOptions({ ...this.#options, concurrency: atOnce }));
    worker.on('error', (reason) =>
      log.warn({ err: reason, consumer }, 'A worker lost its queue; it reconnects by itself'),
    );
    worker.on('failed', (job, reason) => {
      const parked = !job || job.attemptsMade >= (job.opts.attempts ?? 1) || reason instanceof UnrecoverableError;
      jobs.add(1, { consumer, outcome: parked ? 'parked' : 'retried' });
      const fields = { consumer, job: job?.id, attempts: job?.attemptsMade, err: reason };
      if (parked) log.error({ ...fields, alert: 'job-parked' }, 'A job is parked: mend its cause, then retry it');
      else log.warn(fields, 'A job failed and will be tried again');
    });
    this.#workers.push(worker);
    await worker.waitUntilReady();
  }

  /** The parked jobs of a consumer, newest first, with their reasons. */
  parked(consumer: string, most?: number): Promise<ParkedJob[]> {
    return parkedJobs(this.#queue(consumer), most);
  }

  /** Stops taking jobs and waits for those at work. */
  async stopWork(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.close()));
  }

  /** The same, then closes. */
  async close(): Promise<void> {
    await this.stopWork();
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

async function measured(consumer: string, work: () => Promise<void>): Promise<void> {
  const since = performance.now();
  try {
    await work();
    jobs.add(1, { consumer, outcome: 'done' });
  } finally {
    seconds.record((performance.now() - since) / 1_000, { consumer });
  }
}

/** The longest wait for an outage to end; whatever took longer is done within so much and a job's own time. */
const LONGEST_PAUSE_MS = 8_000;

/** Doubles with each turn, in whole milliseconds, as Postgres wants them; jitter parts those that failed at once. */
function outagePause(turns: number, backoffMs: number): number {
  return Math.round(Math.min(backoffMs * 2 ** (turns - 1), LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2));
}

/** Up to so many jobs are added one by one. */
const FEW = 8;

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
