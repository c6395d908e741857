import { createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import type { Job, QueueBackend } from './queues.ts';

const { Queue, Worker } = withBackend(createRedisBackend);

/** BullMQ on Redis. While Redis is down adding fails at once, and the outbox keeps what was to be added. */
export function redisQueues(url: string): QueueBackend {
  const adding = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: false });
  const working = new Redis(url, { maxRetriesPerRequest: null });
  for (const connection of [adding, working]) connection.on('error', () => undefined);
  return {
    queue: (name) => new Queue<Omit<Job, 'id'>>(name, { connection: adding }),
    worker: (name, process, options) => new Worker(name, process, { ...options, connection: working }),
    close: async () => {
      adding.disconnect();
      working.disconnect();
    },
  };
}
