import type { Writable } from 'node:stream';
import { createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { writeTogether } from '#platform/database/write-together.ts';
import { every } from '#platform/schedule/every.ts';
import { mendFutureDelays } from './future-times.ts';
import type { Job, QueueBackend } from './queues.ts';

const { Queue, Worker } = withBackend(createRedisBackend);

/** What BullMQ takes where nothing else is said. */
const LOCK_MS = 30_000;

const ignore = () => undefined;

/** BullMQ on Redis. While Redis is down adding fails at once, and the outbox keeps what was to be added. */
export function redisQueues(url: string): QueueBackend {
  const adding = new GatheringRedis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: false });
  const working = new GatheringRedis(url, { maxRetriesPerRequest: null });
  for (const connection of [adding, working]) connection.on('error', ignore);
  const open = (name: string) => new Queue<Omit<Job, 'id'>>(name, { connection: adding });
  const worked: string[] = [];
  let mending: ReturnType<typeof every> | null = null;
  return {
    queue: open,
    worker: (name, process, options) => {
      worked.push(name);
      mending ??= every(options.lockDuration ?? LOCK_MS, 'Mending the times of jobs', async () => {
        for (const each of worked)
          await mendFutureDelays(adding, each, options.lockDuration ?? LOCK_MS, (its) => open(its).on('error', ignore));
      });
      return new Worker(name, process, { ...options, connection: working });
    },
    close: async () => {
      adding.disconnect();
      working.disconnect();
      await mending?.stop();
    },
  };
}

/** What is asked in one turn of the event loop goes out in one write: a write a command was a twentieth of Node's work for a purchase. */
class GatheringRedis extends Redis {
  override sendCommand(...command: Parameters<Redis['sendCommand']>): unknown {
    if (this.status === 'ready') writeTogether((this as unknown as { stream: Writable }).stream);
    return super.sendCommand(...command);
  }
}
