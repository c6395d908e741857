import { spawnSync } from 'node:child_process';
import { Redis } from 'ioredis';
import { freePort, startProcess } from './program/processes.ts';
import { isCi } from './run.config.ts';

/** Whether suites on Redis run: where redis-server is missing they are skipped, but not in CI, where they fail. */
export const redisWanted = isCi || spawnSync('redis-server', ['--version']).status === 0;

if (!redisWanted) console.warn('Suites on Redis are skipped: apt-get install redis-server');

export interface TestRedis {
  readonly url: string;
  /** Forgets everything. */
  flush(): Promise<void>;
  stop(): Promise<unknown>;
}

/** A Redis for one test file, on a port of its own, without a disk. */
export async function startTestRedis(): Promise<TestRedis> {
  const port = await freePort();
  const server = startProcess('redis', 'redis-server', [
    ...['--port', String(port), '--bind', '127.0.0.1'],
    ...['--save', '', '--appendonly', 'no'],
  ]);
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  const gone = server.exit.then((code) => {
    throw new Error(`redis-server ended with ${code}: apt-get install redis-server\n${server.output()}`);
  });
  gone.catch(() => undefined);
  try {
    await Promise.race([client.ping(), gone]);
  } finally {
    client.disconnect();
  }
  const flush = async () => {
    const flusher = new Redis(url);
    await flusher.flushall();
    flusher.disconnect();
  };
  return { url, flush, stop: () => server.stop() };
}
