import { ConfigError } from '#platform/config/config-error.ts';
import { queueConfig } from './config.ts';
import { postgresQueues } from './postgres-queues.ts';
import { Queues } from './queues.ts';
import { redisQueues } from './redis-queues.ts';

let opened: Promise<Queues> | null = null;

/** The queues of this process, opened when somebody asks first: workers, and whoever looks into them for staff. */
export function processQueues(): Promise<Queues> {
  opened ??= openQueues().catch((reason) => {
    opened = null;
    throw reason;
  });
  return opened;
}

/** Closes what `processQueues` opened. */
export async function closeProcessQueues(): Promise<void> {
  const open = opened;
  opened = null;
  await (await open)?.close();
}

/** Queues of one's own: on Redis when REDIS_URL is set, else on the Postgres of QUEUES_DATABASE_URL. */
export async function openQueues(): Promise<Queues> {
  if (queueConfig.redisUrl) return new Queues(redisQueues(queueConfig.redisUrl));
  if (queueConfig.queuesDatabaseUrl) return new Queues(await postgresQueues(queueConfig.queuesDatabaseUrl));
  throw new ConfigError(
    'QUEUES_DATABASE_URL is not set: set it to the Postgres URL of the queues database, or set REDIS_URL.',
  );
}
