import { setTimeout as sleep } from 'node:timers/promises';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { type Router, startRouter } from './router.ts';
import { post } from './testing/shapes.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

/** One more field in each version, and other addresses. */
function supergraph(version: string): string {
  const subgraphs = {
    list: `type Query { things: [Thing!]! only${version}: String } type Thing @key(fields: "id") { id: ID! }`,
    names:
      'type Thing @key(fields: "id") { id: ID! madeBy: String! other: Other! } type Other @key(fields: "id") { id: ID! }',
    others: 'type Other @key(fields: "id") { id: ID! madeBy: String! }',
  };
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphs).map(([name, sdl]) => ({
      name,
      url: `http://${name}.${version}.invalid`,
      typeDefs: parse(`${LINK}\n${sdl}`),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  return supergraphSdl;
}

/** The subgraphs of one version, which say in every answer which one they are of. */
function subgraphsOf(version: string): SubgraphTransport {
  const answers: Record<string, (count: number) => object> = {
    list: () => ({ things: [1, 2].map((id) => ({ __typename: 'Thing', id: `${id}` })) }),
    names: (count) => ({
      _entities: Array.from({ length: count }, (_, id) => ({
        __typename: 'Thing',
        madeBy: version,
        other: { __typename: 'Other', id: `${id}` },
      })),
    }),
    others: (count) => ({
      _entities: Array.from({ length: count }, () => ({ __typename: 'Other', madeBy: version })),
    }),
  };
  return {
    async query(subgraph, { variables }) {
      await sleep(Math.random() * 12);
      const asked = variables?.representations as unknown[] | undefined;
      return { data: answers[subgraph]?.(asked?.length ?? 0) } as never;
    },
    subscribe: () => () => undefined,
    close: async () => undefined,
  };
}

let router: Router | undefined;
afterEach(() => router?.close());

async function start(): Promise<string> {
  router = await startRouter({
    supergraphSdl: supergraph('A'),
    transport: ({ subgraphs }) => subgraphsOf(subgraphs[0]?.url.split('.')[1] ?? ''),
    port: 0,
    host: '127.0.0.1',
    verifyViewer: async () => null,
    corsOrigins: [],
    playground: null,
    isReady: () => true,
  });
  return `http://127.0.0.1:${router.port}`;
}

test('twenty swaps under load fail no request, and no answer is of two supergraphs', async () => {
  const url = await start();
  const answers: string[] = [];
  let done = false;
  const client = async () => {
    while (!done) {
      const { status, body } = await post(url, `{ things { id madeBy other { madeBy } } }`);
      if (status !== 200 || body.errors) answers.push(JSON.stringify(body));
      else answers.push(body.data.things.map((thing: Made) => `${thing.madeBy}${thing.other.madeBy}`).join());
    }
  };
  const clients = Array.from({ length: 6 }, client);
  for (let swap = 1; swap <= 20; swap += 1) {
    while (answers.length < swap * 4) await sleep(5);
    await router?.update(supergraph(swap % 2 ? 'B' : 'A'));
  }
  done = true;
  await Promise.all(clients);
  expect(new Set(answers)).toEqual(new Set(['AA,AA', 'BB,BB']));
  expect(answers.length).toBeGreaterThanOrEqual(80);
});

interface Made {
  readonly madeBy: string;
  readonly other: { readonly madeBy: string };
}

test('what comes after a swap is answered by the new supergraph, and a wrong one changes nothing', async () => {
  const url = await start();
  expect((await post(url, '{ onlyB }')).status).toBe(400);
  await router?.update(supergraph('B'));
  expect((await post(url, '{ onlyB }')).status).toBe(200);
  await expect(router?.update('type Query { broken: Nothing }')).rejects.toThrow();
  expect((await post(url, '{ things { madeBy } }')).body).toEqual({
    data: { things: [{ madeBy: 'B' }, { madeBy: 'B' }] },
  });
});
