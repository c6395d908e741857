import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse, print, visit } from 'graphql';
import pg from 'pg';
import { vi } from 'vitest';
import { verifyViewerToken } from '#platform/auth/viewer-token.ts';
import { inProject } from '#platform/config/root.ts';
import { setRoutes } from '#platform/outbox/routes.ts';
import { localTransport } from '#platform/transport/local.ts';
import { startRouter } from '#router/router.ts';
import { fillDemoShop } from '#server/demo-shop/fill-demo-shop.ts';
import { buildHere, type HereSubgraph } from '#server/subgraph-part.ts';
import { eventRoutes, SUBGRAPH_NAMES, SUBGRAPHS } from '#subgraphs/subgraphs.ts';
import { openTestDatabase } from '#tests/test-database.ts';

/** The whole graph in this process, router and all, with the demo shop, and no worker beside it. */
export async function openShopGraph() {
  const folder = await mkdtemp(path.join(tmpdir(), 'souk-graph-'));
  process.env.FILES_DIR = folder;
  setRoutes(eventRoutes());
  const subgraphs = await Promise.all(SUBGRAPH_NAMES.map((name) => SUBGRAPHS[name].load()));
  const closers = await Promise.all(subgraphs.map(({ database }) => openTestDatabase(database)));
  await fillDemoShop({ subgraphs: SUBGRAPH_NAMES, progress: () => undefined });
  const here: HereSubgraph[] = [];
  const transport = localTransport(
    Object.defineProperties(
      {},
      Object.fromEntries(
        SUBGRAPH_NAMES.map((name) => [name, { get: () => here.find((each) => each.name === name)?.executable }]),
      ),
    ),
  );
  here.push(...(await Promise.all(subgraphs.map((subgraph) => buildHere(subgraph, transport)))));
  const router = await startRouter({
    supergraphSdl: await readFile(inProject('router/schema/supergraph.graphql'), 'utf8'),
    transport,
    caching: null,
    port: 0,
    host: '127.0.0.1',
    verifyViewer: async (authorization) => (await verifyViewerToken(authorization.replace('Bearer ', '')))!,
    corsOrigins: [],
    playground: null,
    isReady: () => true,
  });
  const documents = await storefrontDocuments();
  let token: string | null = null;
  return {
    signIn: (accessToken: string | null) => {
      token = accessToken;
    },
    /** Sends an operation of the storefront, as it stands in its documents. */
    // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects.
    async ask(operation: string, variables: object = {}): Promise<any> {
      const response = await fetch(`http://127.0.0.1:${router.port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query: documents(operation), variables }),
      });
      const { data, errors } = (await response.json()) as { data?: object; errors?: { message: string }[] };
      if (errors) throw new Error(`${operation}: ${errors.map(({ message }) => message).join()}`);
      return data;
    },
    async close() {
      await router.close();
      await transport.close();
      for (const close of closers) await close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The text of each operation by its name, with the fragments that it uses. */
async function storefrontDocuments(): Promise<(name: string) => string> {
  const files = (await readdir(inProject('web/features'), { recursive: true })).filter((file) =>
    file.endsWith('.graphql'),
  );
  const texts = files.map((file) => readFile(inProject('web/features', file), 'utf8'));
  const definitions = (await Promise.all(texts)).flatMap((text) => parse(text).definitions);
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations = new Map<string, OperationDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.set(definition.name!.value, definition);
  }
  const used = (node: OperationDefinitionNode | FragmentDefinitionNode, found: Set<string>): Set<string> => {
    visit(node, {
      FragmentSpread({ name: { value } }) {
        if (!found.has(value)) used(fragments.get(value)!, found.add(value));
      },
    });
    return found;
  };
  return (name) => {
    const operation = operations.get(name);
    if (!operation) throw new Error(`The storefront has no operation ${name}.`);
    return [operation, ...[...used(operation, new Set())].map((each) => fragments.get(each)!)].map(print).join('\n');
  };
}

/** What each process reads by itself once in a while, whatever is asked: rates, promotions at work, how busy it is. */
const NOW_AND_THEN =
  /tax_rate|delivery_(?:zone|place|rate)|pricing\.automatic-promotions|orders\.backlog|catalog\.search\.look/;
const FRAMES = /^\s*(?:begin|commit|rollback|set |show |listen|deallocate|discard)/i;

/** Counts statements as they leave for Postgres, Prisma's and ours; those that only frame a transaction are none. */
export function countStatements() {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  return {
    /** Since it was last asked: how many each database got, as `5: catalog 3, inventory 1, reviews 1`. */
    taken(): string {
      const databases = query.mock.calls.flatMap(([sent], i) => {
        const { name = '', text } = typeof sent === 'string' ? { text: sent } : (sent as unknown as pg.QueryConfig);
        if (FRAMES.test(text) || NOW_AND_THEN.test(`${name} ${text}`)) return [];
        return [(query.mock.contexts[i] as unknown as pg.Client).database!.replace(/_[0-9a-f]{12}$/, '')];
      });
      query.mockClear();
      const counts = [...new Set(databases)]
        .sort()
        .map((database) => `${database} ${databases.filter((each) => each === database).length}`);
      return `${databases.length}: ${counts.join(', ')}`;
    },
    stop: () => query.mockRestore(),
  };
}
