import { ConfigError } from '#platform/config/config-error.ts';
import { queueConfig } from './config.ts';
import { postgresQueues } from './postgres-queues.ts';
import { Queues } from './queues.ts';
import { redisQueues } from './redis-queues.ts';

/** The queues of this process: on Redis when REDIS_URL is set, else on the Postgres of QUEUES_DATABASE_URL. */
export async function openQueues(): Promise<Queues> {
  if (queueConfig.redisUrl) return new Queues(redisQueues(queueConfig.redisUrl));
  if (queueConfig.queuesDatabaseUrl) return new Queues(await postgresQueues(queueConfig.queuesDatabaseUrl));
  throw new ConfigError(
    'QUEUES_DATABASE_URL is not set: set it to the Postgres URL of the queues database, or set REDIS_URL.',
  );
}
