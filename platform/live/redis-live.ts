import { Redis } from 'ioredis';
import type { LiveBackend } from './live.ts';

const CHANNEL = 'souk:live';

/** Redis pub/sub. ioredis reconnects and subscribes again by itself. */
export async function redisLive(url: string, deliver: (topic: string) => void): Promise<LiveBackend> {
  const sending = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  const listening = new Redis(url, { maxRetriesPerRequest: null });
  for (const connection of [sending, listening]) connection.on('error', () => undefined);
  listening.on('message', (_channel, topics: string) => {
    for (const topic of topics.split('\n')) deliver(topic);
  });
  await Promise.all([listening.subscribe(CHANNEL), ready(sending)]);
  return {
    publish: async (topics) => {
      await sending.publish(CHANNEL, topics.join('\n'));
    },
    close: async () => {
      sending.disconnect();
      listening.disconnect();
    },
  };
}

const ready = async (connection: Redis): Promise<void> => {
  if (connection.status !== 'ready') await new Promise<void>((resolve) => connection.once('ready', resolve));
};
