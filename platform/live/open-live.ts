import { queueConfig } from '#platform/queue/config.ts';
import { live } from './live.ts';
import { postgresLive } from './postgres-live.ts';
import { redisLive } from './redis-live.ts';

/** Opens the live fan-out on the backend that the jobs use; with neither it reaches this process only. */
export async function openLive(): Promise<void> {
  const { redisUrl, queuesDatabaseUrl } = queueConfig;
  if (redisUrl) await live.open((end) => redisLive(redisUrl, end));
  else if (queuesDatabaseUrl) await live.open((end) => postgresLive(queuesDatabaseUrl, end));
}
