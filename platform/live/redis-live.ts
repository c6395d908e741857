import { Redis } from 'ioredis';
import type { LiveBackend, LiveEnd } from './live.ts';

const CHANNEL = 'souk:live';

/** Redis pub/sub. ioredis reconnects by itself. */
export async function redisLive(url: string, end: LiveEnd): Promise<LiveBackend> {
  const sending = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  const listening = new Redis(url, { maxRetriesPerRequest: null, autoResubscribe: false });
  for (const connection of [sending, listening]) connection.on('error', () => undefined);
  listening.on('message', (_channel, topics: string) => {
    for (const topic of topics.split('\n')) end.deliver(topic);
  });
  await Promise.all([listening.subscribe(CHANNEL), ready(sending)]);
  listening.on('close', () => end.tell('lost'));
  listening.on('ready', () => {
    // Not told by ioredis where it subscribes again by itself: only what is subscribed is heard.
    listening.subscribe(CHANNEL).then(
      () => end.tell('restored'),
      () => undefined,
    );
  });
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
