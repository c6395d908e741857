import {
  type PgPool,
  type PostgresConnectionOptions,
  PostgresQueueBackend,
  type QueueBaseOptions,
  runMigrations,
  withBackend,
} from 'bullmq';
import pg from 'pg';
import { openPool } from '#platform/database/pool.ts';
import { every } from '#platform/schedule/every.ts';
import { mendFutureTimes } from './future-times.ts';
import { JobWords, SharedWordsConnection } from './job-words.ts';
import type { Job, QueueBackend } from './queues.ts';

/**
 * How long an idle worker waits for word of a job before it looks by itself. BullMQ's hour holds after a lost connection,
 * and what was added while that was lost has no other word: without later orders, their money was taken an hour later.
 */
const LOOK_AFTER_SECONDS = 5;

/** For all workers of a process, which have one only while they take or end a job. */
const WORKING_CONNECTIONS = 8;
/** What BullMQ takes where nothing else is said. */
const LOCK_MS = 30_000;

/**
 * BullMQ on a Postgres database of its own, over thirteen connections at most; BullMQ's defaults took 92 for four queues.
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
  const working = open(WORKING_CONNECTIONS);
  const words = new JobWords(databaseUrl);
  const { Queue, Worker } = withBackend((name: string, options: QueueBaseOptions<PostgresConnectionOptions>) =>
    Object.defineProperty(
      new PostgresQueueBackend(new SharedWordsConnection(options.connection, words), name, options),
      'maximumBlockTimeout',
      { value: LOOK_AFTER_SECONDS },
    ),
  );
  let mending: ReturnType<typeof every> | null = null;
  return {
    queue: (name) => new Queue<Omit<Job, 'id'>>(name, { connection: asBullPool(adding) }),
    worker: (name, process, options) => {
      const { lockDuration = LOCK_MS } = options;
      mending ??= every(lockDuration, 'Mending the times of jobs', () => mendFutureTimes(adding, lockDuration));
      return new Worker(name, process, { ...options, connection: asBullPool(working) });
    },
    close: async () => {
      await mending?.stop();
      await words.close();
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}

/** BullMQ declares its own, wider shape of a pool. */
const asBullPool = (pool: pg.Pool): PgPool => pool as unknown as PgPool;

/**
 * BullMQ on Postgres writes five rows for each job that QueueEvents would read, and nobody here does: it was a tenth to a
 * quarter of what its jobs cost Postgres. `publish_event` is the one function that writes them; see bullmq's 0002_functions.sql.
 */
const WITHOUT_EVENTS = `DO $$ BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('souk.without-events'));
  IF (SELECT prosrc FROM pg_proc WHERE oid = 'bullmq.publish_event(text, text, jsonb)'::regprocedure) <> 'SELECT 0::bigint' THEN
    CREATE OR REPLACE FUNCTION bullmq.publish_event(p_queue text, p_event text, p_data jsonb) RETURNS bigint
      LANGUAGE sql AS 'SELECT 0::bigint';
    TRUNCATE bullmq.event;
  END IF;
END $$`;

async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await runMigrations(client);
    await client.query(WITHOUT_EVENTS);
  } finally {
    await client.end();
  }
}
