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
import { nameOfStatement } from '#platform/database/statement-names.ts';
import { PipelinedConnections } from '#platform/database/statements.ts';
import { every } from '#platform/schedule/every.ts';
import { mendFutureTimes } from './future-times.ts';
import { JobWords, SharedWordsConnection } from './job-words.ts';
import type { Job, QueueBackend } from './queues.ts';

/**
 * How long an idle worker waits for word of a job before it looks by itself. BullMQ's hour holds after a lost connection,
 * and what was added while that was lost has no other word: without later orders, their money was taken an hour later.
 */
const LOOK_AFTER_SECONDS = 5;

/** For all queues and workers of a process: the others are for when the first is stuck. */
const CONNECTIONS = 4;
/** What BullMQ takes where nothing else is said. */
const LOCK_MS = 30_000;

/**
 * BullMQ on a Postgres database of its own, over nine connections at most; BullMQ's defaults took 92 for four queues.
 * Migrates first, since a worker on an unmigrated schema loops on errors at full speed.
 */
export async function postgresQueues(databaseUrl: string): Promise<QueueBackend> {
  await migrate(databaseUrl);
  const connections = new PipelinedConnections(databaseUrl, CONNECTIONS, 'once', {
    settings: SETTINGS,
    types: pg.types,
  });
  const pool = sharingPool(databaseUrl, connections);
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
    queue: (name) => new Queue<Omit<Job, 'id'>>(name, { connection: asBullPool(pool) }),
    worker: (name, process, options) => {
      const { lockDuration = LOCK_MS } = options;
      mending ??= every(lockDuration, 'Mending the times of jobs', () => mendFutureTimes(pool, lockDuration));
      return new Worker(name, process, { ...options, connection: asBullPool(pool) });
    },
    close: async () => {
      await mending?.stop();
      await words.close();
      await Promise.all([pool.end(), connections.close()]);
    },
  };
}

// BullMQ's SQL names its tables without their schema. What a power cut takes from here the outbox adds again.
const SETTINGS = '-c search_path=bullmq -c synchronous_commit=off';

/**
 * A pool whose questions go over connections that all share, with names: what BullMQ asks are single statements, a few
 * texts over and over. Each over a connection of its own, planned anew, was a tenth of Node's work for a purchase.
 */
function sharingPool(databaseUrl: string, connections: PipelinedConnections): pg.Pool {
  const pool = openPool({ connectionString: databaseUrl, max: CONNECTIONS, options: SETTINGS });
  const query = (text: string, values: unknown[] = []) => {
    // In the words that BullMQ knows from pg: for what comes too late it never answers.
    if (pool.ending) return Promise.reject(new Error('Cannot use a pool after calling end on the pool'));
    return connections.query(nameOfStatement(text), text, values);
  };
  return Object.assign(pool, { query });
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
