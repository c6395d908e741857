import { createPostgresBackend, type PgPool, runMigrations, withBackend } from 'bullmq';
import pg from 'pg';
import { openPool } from '#platform/database/pool.ts';
import { every } from '#platform/schedule/every.ts';
import { mendFutureTimes } from './future-times.ts';
import type { Job, QueueBackend } from './queues.ts';

/**
 * How long an idle worker waits for word of a job before it looks by itself. BullMQ's hour holds after a lost connection,
 * and what was added while that was lost has no other word: without later orders, their money was taken an hour later.
 */
const LOOK_AFTER_SECONDS = 5;

const { Queue, Worker } = withBackend((...args: Parameters<typeof createPostgresBackend>) =>
  Object.defineProperty(createPostgresBackend(...args), 'maximumBlockTimeout', { value: LOOK_AFTER_SECONDS }),
);

/** A worker listens on one connection and works its jobs' states on the others. */
const CONNECTIONS_A_WORKER = 3;
/** What BullMQ takes where nothing else is said. */
const LOCK_MS = 30_000;

/**
 * BullMQ on a Postgres database of its own. Pools are ours: BullMQ's defaults took 92 connections for four queues.
 * Migrates first, since a worker on an unmigrated schema loops on errors at full speed.
 */
export async function postgresQueues(databaseUrl: string): Promise<QueueBackend> {
  const pools: pg.Pool[] = [];
  const open = (max: number) => {
    // BullMQ's SQL names its tables without their schema. What a power cut takes from here the outbox adds again.
    const pool = openPool({
      connectionString: databaseUrl,
      max,
      options: '-c search_path=bullmq -c synchronous_commit=off',
    });
    pools.push(pool);
    return pool;
  };
  await migrate(databaseUrl);
  const adding = open(4);
  let mending: ReturnType<typeof every> | null = null;
  return {
    queue: (name) => new Queue<Omit<Job, 'id'>>(name, { connection: asBullPool(adding) }),
    worker: (name, process, options) => {
      const { lockDuration = LOCK_MS } = options;
      mending ??= every(lockDuration, 'Mending the times of jobs', () => mendFutureTimes(adding, lockDuration));
      return new Worker(name, process, { ...options, connection: asBullPool(open(CONNECTIONS_A_WORKER)) });
    },
    close: async () => {
      await mending?.stop();
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}

/** BullMQ declares its own, wider shape of a pool. */
const asBullPool = (pool: pg.Pool): PgPool => pool as unknown as PgPool;

async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}
