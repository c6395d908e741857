import { allConsumers } from '#platform/outbox/routes.ts';
import { processQueues } from '#platform/queue/open-queues.ts';
import { type QueueDepth, queueDepth } from '#platform/queue/queue-depth.ts';
import type { Running, Subgraph } from '#platform/subgraph/subgraph.ts';
import { type Measured, observe } from '#platform/telemetry/metrics.ts';
import type { Shape } from './config.ts';

/**
 * What a process tells of its parts, looked at when it is scraped. Queues, outboxes and sagas are everybody's: each worker
 * tells the same of them, so take their maximum over processes, not their sum.
 */
export function observeParts(shape: Shape, subgraphs: readonly Subgraph[]): Running {
  const stops = [observePools(subgraphs)];
  if (shape.worker && subgraphs.length > 0) {
    stops.push(observeQueues());
    for (const subgraph of subgraphs) stops.push(...observeBacklog(subgraph));
  }
  return {
    async stop() {
      for (const stop of stops) stop();
    },
  };
}

const observePools = (subgraphs: readonly Subgraph[]) =>
  observe('souk_pg_pool_connections', 'Connections of the pools to Postgres, by subgraph and state', () =>
    subgraphs.flatMap(({ name: subgraph, database: { pool } }): Measured[] => [
      [pool.connections - pool.idle, { subgraph, state: 'busy' }],
      [pool.idle, { subgraph, state: 'idle' }],
      [pool.waiting, { subgraph, state: 'waited for' }],
    ]),
  );

const STATES = ['waiting', 'active', 'delayed', 'parked'] as const;

function observeQueues(): () => void {
  const depths = sharedLook(async () => {
    const queues = await processQueues();
    return Promise.all(
      allConsumers().map(
        async (consumer): Promise<[string, QueueDepth]> => [consumer, await queueDepth(queues.of(consumer))],
      ),
    );
  });
  return both(
    observe('souk_queue_jobs', 'Jobs in the queue of a consumer, by state', async () =>
      (await depths()).flatMap(([consumer, depth]) =>
        STATES.map((state): Measured => [depth[state], { consumer, state }]),
      ),
    ),
    observe('souk_queue_oldest_seconds', 'How long the oldest job of a consumer waits', async () =>
      (await depths()).map(([consumer, { oldestAt }]): Measured => [secondsSince(oldestAt), { consumer }]),
    ),
  );
}

/** What is announced and not yet handled, and what was begun and has not ended. */
function observeBacklog({ name: subgraph, database, announces, runsSagas }: Subgraph): (() => void)[] {
  const stops: (() => void)[] = [];
  if (announces) {
    const rows = database.statement<{ rows: number; seconds: number }>(
      `${subgraph}.outbox.backlog`,
      'SELECT count(*)::int AS rows, coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS seconds FROM outbox',
    );
    const backlog = sharedLook(async () => (await rows())[0]!);
    stops.push(
      observe('souk_outbox_rows', 'Events that are announced and not yet handled, by subgraph', async () => [
        [(await backlog()).rows, { subgraph }],
      ]),
      observe('souk_outbox_oldest_seconds', 'How long the oldest of them waits', async () => [
        [(await backlog()).seconds, { subgraph }],
      ]),
    );
  }
  if (runsSagas) {
    // Counts by the index of those that have not ended.
    const rows = database.statement<{ name: string; state: string; count: number; seconds: number }>(
      `${subgraph}.saga.backlog`,
      `SELECT name, state, count(*)::int AS count, extract(epoch FROM now() - min(created_at))::float8 AS seconds
       FROM saga WHERE (state <> 'DONE') AND (state <> 'REFUSED') GROUP BY name, state`,
    );
    const backlog = sharedLook(() => rows());
    stops.push(
      observe('souk_sagas', 'Sagas that have not ended, by name and state', async () =>
        (await backlog()).map(({ name: saga, state, count }): Measured => [count, { saga, state }]),
      ),
      observe('souk_saga_oldest_seconds', 'How long the oldest of them is there', async () =>
        (await backlog()).map(({ name: saga, state, seconds }): Measured => [seconds, { saga, state }]),
      ),
    );
  }
  return stops;
}

const SHARED_MS = 1_000;

/** Two metrics of one scrape look once. */
function sharedLook<Answer>(look: () => Promise<Answer>): () => Promise<Answer> {
  let last: { at: number; answer: Promise<Answer> } | null = null;
  return () => {
    if (!last || performance.now() - last.at > SHARED_MS) last = { at: performance.now(), answer: look() };
    return last.answer;
  };
}

const secondsSince = (at: Date | null): number => (at ? (Date.now() - at.getTime()) / 1_000 : 0);

const both =
  (...stops: (() => void)[]) =>
  () => {
    for (const stop of stops) stop();
  };
