import pg from 'pg';
import { log } from '#platform/telemetry/log.ts';
import type { LiveBackend } from './live.ts';

const CHANNEL = 'souk_live';
const RECONNECT_MS = 500;

/**
 * LISTEN/NOTIFY on the queues database. The sending connection does not wait for the disk: a crash may lose a wake-up,
 * never a fact. pg does not listen again by itself after a lost connection, so this does.
 */
export async function postgresLive(databaseUrl: string, deliver: (topic: string) => void): Promise<LiveBackend> {
  let closed = false;
  let listening: pg.Client | null = null;
  const sending = new pg.Pool({
    connectionString: databaseUrl,
    max: 1,
    options: '-c synchronous_commit=off',
    keepAlive: true,
  });
  sending.on('error', () => undefined);

  const listen = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
    const again = () => {
      if (closed || listening !== client) return;
      listening = null;
      void reconnect();
    };
    client.on('error', again);
    client.on('end', again);
    client.on('notification', ({ payload }) => payload && deliver(payload));
    await client.connect();
    listening = client;
    await client.query(`LISTEN ${CHANNEL}`);
  };
  const reconnect = async (): Promise<void> => {
    while (!closed && !listening) {
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
      if (!closed)
        await listen().catch((reason) =>
          log.warn({ err: reason }, 'The live wake-ups are down; they reconnect by themselves'),
        );
    }
  };

  await listen();
  return {
    publish: async (topics) => {
      await sending.query({
        name: 'live.notify',
        text: `SELECT pg_notify('${CHANNEL}', topic) FROM unnest($1::text[]) AS topic`,
        values: [topics],
      });
    },
    close: async () => {
      closed = true;
      await listening?.end();
      await sending.end();
    },
  };
}
