import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { signInternalToken } from '#platform/auth/internal-token.ts';
import { inProject } from '#platform/config/root.ts';
import { applyMigrations } from '#platform/database/migrate.ts';
import { Context } from '#platform/graphql/context.ts';
import { live } from '#platform/live/live.ts';
import { openLive } from '#platform/live/open-live.ts';
import { setRoutes } from '#platform/outbox/routes.ts';
import { closeProcessQueues } from '#platform/queue/open-queues.ts';
import type { Running, Subgraph } from '#platform/subgraph/subgraph.ts';
import { serveMetrics } from '#platform/telemetry/serve-metrics.ts';
import { startTraces } from '#platform/telemetry/start-traces.ts';
import { httpTransport } from '#platform/transport/http.ts';
import { localTransport } from '#platform/transport/local.ts';
import { mixedTransport } from '#platform/transport/mixed.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { eventRoutes, SUBGRAPHS, type SubgraphName } from '#subgraphs/subgraphs.ts';
import type { Shape } from './config.ts';
import { followWebhooks } from './follow-webhooks.ts';
import { observeParts } from './observe-parts.ts';
import { type PartsConfig, readPartsConfig } from './parts.config.ts';
import { buildHere, type HereSubgraph, serveHere } from './subgraph-part.ts';
import { startWorker } from './worker-part.ts';

/** What a start tells on its way. */
export interface Onlooker {
  /** A line about what takes long. */
  say(line: string): void;
  /** The schemas of the subgraphs here, by name, before anything is served. */
  onSchemas?(sdls: ReadonlyMap<string, string>): Promise<void>;
}

/**
 * Starts a process's parts in order and hands each over once it runs; they are stopped in the reverse order. A part's
 * `stop` first turns away what is new (readiness goes false), then lets what is under way finish.
 */
export async function* startParts(shape: Shape, onlooker: Onlooker): AsyncGenerator<Running> {
  const config = readPartsConfig(shape, await routingUrls());
  setRoutes(eventRoutes());
  let ready = false;
  const metrics = await serveMetrics(() => ready);
  if (metrics) yield metrics;
  yield { stop: await startTraces(`souk-${serviceOf(shape)}`) };
  await openLive();
  yield { stop: () => live.close() };

  const subgraphs = await Promise.all(shape.subgraphs.map((name) => SUBGRAPHS[name].load()));
  for (const subgraph of subgraphs) yield { stop: () => subgraph.database.close() };
  await Promise.all(subgraphs.map((subgraph) => openDatabase(subgraph, config)));
  if (config.demoShop && subgraphs.length > 0) await fillShop(shape, onlooker.say);

  const here: HereSubgraph[] = [];
  const transport = transportFor(shape, here, config);
  yield { stop: () => transport.close() };
  yield { stop: closeProcessQueues };
  here.push(...(await Promise.all(subgraphs.map((subgraph) => buildHere(subgraph, transport)))));
  await onlooker.onSchemas?.(new Map(here.map(({ name, sdl }) => [name, sdl])));

  if (subgraphs.some(({ announces }) => announces)) yield followWebhooks(serverContext(transport));
  if (shape.worker && subgraphs.length > 0) yield await startWorker(subgraphs, transport);
  if (shape.router && shape.api) {
    // Only here: Apollo's gateway is half of what there is to load, and a subgraph's process has no use for it.
    const { startRouterPart } = await import('./router-part.ts');
    yield await startRouterPart(config, transport);
  } else if (shape.api) for (const subgraph of here) yield await serveHere(subgraph, config);

  yield observeParts(shape, subgraphs);
  ready = true;
  // Stopped before all others.
  yield {
    stop: async () => {
      ready = false;
    },
  };
}

/** The name of a process in traces, e.g. `orders-worker`. */
function serviceOf({ subgraphs, router, api, worker }: Shape): string {
  if (router && subgraphs.length > 0) return 'shop';
  if (router) return 'router';
  return [...subgraphs, ...(worker && !api ? ['worker'] : [])].join('-');
}

const serverContext = (transport: SubgraphTransport) =>
  new Context('server', transport, { viewer: null, caller: 'server' });

async function openDatabase({ name, database }: Subgraph, config: PartsConfig): Promise<void> {
  const url = config.databases[name as SubgraphName] ?? '';
  await applyMigrations(url, inProject('prisma', name, 'migrations'));
  await database.open(url, config.connections);
}

/** Subgraphs of this process are asked directly, the others where supergraph.yaml or `<NAME>_URL` says. */
function transportFor(shape: Shape, here: readonly HereSubgraph[], config: PartsConfig): SubgraphTransport {
  const local = localTransport(
    Object.defineProperties({}, Object.fromEntries(shape.subgraphs.map((name) => [name, executable(here, name)]))),
  );
  const caller = shape.router ? 'router' : (shape.subgraphs[0] ?? 'router');
  const remote = httpTransport({ urls: config.urls, sign: signInternalToken, caller });
  return mixedTransport(new Set(shape.subgraphs), local, remote);
}

// The transport exists before the schemas, whose resolvers hold it: looked up when the first operation comes.
const executable = (here: readonly HereSubgraph[], name: string) => ({
  get: () => here.find((subgraph) => subgraph.name === name)?.executable,
});

async function routingUrls(): Promise<Record<string, string>> {
  const { subgraphs } = parse(await readFile(inProject('supergraph.yaml'), 'utf8')) as {
    subgraphs: Record<string, { routing_url: string }>;
  };
  return Object.fromEntries(Object.entries(subgraphs).map(([name, { routing_url }]) => [name, routing_url]));
}

async function fillShop(shape: Shape, say: (line: string) => void): Promise<void> {
  const { fillDemoShop } = await import('./demo-shop/fill-demo-shop.ts');
  await fillDemoShop({ subgraphs: shape.subgraphs, progress: say });
}
