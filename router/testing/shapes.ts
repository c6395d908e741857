import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { signInternalToken, verifyInternalToken } from '#platform/auth/internal-token.ts';
import { type ServedSubgraph, serveSubgraph } from '#platform/graphql/serve-subgraph.ts';
import { httpTransport } from '#platform/transport/http.ts';
import { localTransport } from '#platform/transport/local.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { type Router, type RouterOptions, startRouter } from '../router.ts';
import { SDL, type TestShop, type TestSubgraphName } from './test-shop.ts';

export type Shape = 'local' | 'http';

export const NAMES = Object.keys(SDL) as TestSubgraphName[];

export function testSupergraph(sdl: Readonly<Record<string, string>> = SDL): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(sdl).map(([name, text]) => ({ name, url: `http://${name}.invalid/graphql`, typeDefs: parse(text) })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

export interface Running {
  readonly url: string;
  readonly router: Router;
  readonly transport: SubgraphTransport;
  /** The subgraphs' servers, in the split shape. */
  readonly served: ReadonlyMap<string, ServedSubgraph>;
  close(): Promise<void>;
}

/** The shop in one of its two shapes; `missing` subgraphs are down. */
export async function runShop(
  shape: Shape,
  shop: TestShop,
  options: Partial<RouterOptions> & { missing?: readonly TestSubgraphName[]; deadlineMs?: number } = {},
): Promise<Running> {
  const { missing = [], deadlineMs = 2_000, ...routerOptions } = options;
  const running = NAMES.filter((name) => !missing.includes(name));
  const served = new Map<string, ServedSubgraph>();
  let transport: SubgraphTransport;
  if (shape === 'local') {
    transport = localTransport(Object.fromEntries(running.map((name) => [name, shop.subgraphs[name]])));
  } else {
    // Nothing listens on the discard port, so a missing subgraph refuses connections.
    const urls: Record<string, string> = Object.fromEntries(
      missing.map((name) => [name, 'http://127.0.0.1:9/graphql']),
    );
    for (const name of running) {
      const server = await serve(shop, name);
      served.set(name, server);
      urls[name] = `http://127.0.0.1:${server.port}/graphql`;
    }
    transport = httpTransport({
      urls,
      sign: signInternalToken,
      caller: 'router',
      policy: { deadlineMs },
      reconnections: 2,
    });
  }
  const router = await startRouter({
    supergraphSdl: testSupergraph(),
    transport,
    port: 0,
    host: '127.0.0.1',
    verifyViewer,
    corsOrigins: ['https://shop.example'],
    playground: null,
    isReady: () => true,
    ...routerOptions,
  });
  return {
    url: `http://127.0.0.1:${router.port}`,
    router,
    transport,
    served,
    async close() {
      await router.close();
      await transport.close();
      await Promise.all([...served.values()].map((server) => server.close()));
    },
  };
}

export const serve = (shop: TestShop, name: TestSubgraphName, port = 0): Promise<ServedSubgraph> =>
  serveSubgraph({
    ...shop.subgraphs[name],
    name,
    port,
    host: '127.0.0.1',
    verify: verifyInternalToken,
    isReady: () => true,
  });

/** `Bearer cus_…` is that customer, and a JWT is who its payload says; anything else is no good. */
async function verifyViewer(authorization: string) {
  const token = /^Bearer (\S+)$/.exec(authorization)?.[1] ?? '';
  const claim = token.includes('.')
    ? JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub
    : token;
  if (!/^cus_/.test(claim)) throw new Error('forged');
  return { customerId: claim, scopes: [], sessionId: `ses_${claim}` };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests compare it whole.
  readonly body: any;
}

export async function post(
  url: string,
  query: string,
  { variables = {}, headers = {} }: { variables?: object; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
