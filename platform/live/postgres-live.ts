import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openPool } from '#platform/database/pool.ts';
import { log } from '#platform/telemetry/log.ts';
import type { LiveBackend, LiveEnd } from './live.ts';

const CHANNEL = 'souk_live';
const RECONNECT_MS = 500;

/**
 * LISTEN/NOTIFY on the queues database. The sending connection does not wait for the disk: a crash may lose a wake-up,
 * never a fact. pg does not listen again by itself after a lost connection, so this does.
 */
export async function postgresLive(databaseUrl: string, end: LiveEnd): Promise<LiveBackend> {
  const sending = openPool({ connectionString: databaseUrl, max: 1, options: '-c synchronous_commit=off' });

  let closed = false;
  let listening = await listen(databaseUrl, end.deliver);
  const keepListening = async () => {
    while (!closed) {
      await listening.lost;
      end.tell('lost');
      while (!closed) {
        await sleep(RECONNECT_MS, undefined, { ref: false });
        if (closed) return;
        try {
          listening = await listen(databaseUrl, end.deliver);
          end.tell('restored');
          break;
        } catch (reason) {
          log.warn({ err: reason }, 'The live wake-ups are down; they reconnect by themselves');
        }
      }
    }
    // Closed while it was connecting.
    await listening.client.end();
  };
  void keepListening();

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
      await Promise.all([listening.client.end(), sending.end()]);
    },
  };
}

async function listen(databaseUrl: string, deliver: (topic: string) => void) {
  const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
  const lost = new Promise<void>((resolve) => client.once('end', resolve));
  client.on('error', () => undefined);
  client.on('notification', ({ payload }) => payload && deliver(payload));
  await client.connect();
  try {
    await client.query(`LISTEN ${CHANNEL}`);
  } catch (reason) {
    await client.end();
    throw reason;
  }
  return { client, lost };
}
