import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { post } from './testing/shapes.ts';
import { runSmallGraph, type SmallGraph } from './testing/small-graph.ts';
import { openClient, subscribe } from './testing/subscriber.ts';

const SILENT = { info() {}, warn() {}, error() {} };

describe('48: in production, over HTTP and sockets', () => {
  let graph: SmallGraph;
  beforeAll(async () => {
    graph = await runSmallGraph(
      {
        warehouse: {
          sdl: `type Query { color(of: Color, filter: Filter): Color broken: String blamed: String odd: String }
            type Subscription { ticks(of: Color): Int broken: Int }
            enum Color { PURPLE GREEN } input Filter { height: Int }`,
          resolvers: {
            Query: {
              broken: () => {
                throw new Error('connect ECONNREFUSED 10.0.0.7:5432 postgres://souk:hunter2@db.internal');
              },
              blamed: () => {
                throw new GraphQLError('db.internal is on fire', {
                  extensions: { code: 'P2028', stacktrace: ['at /srv/a.ts'] },
                });
              },
              odd: () => {
                throw new GraphQLError('No such color.', {
                  extensions: { code: 'BAD_USER_INPUT', host: 'db.internal', stacktrace: ['at /srv/a.ts'] },
                });
              },
            },
            Subscription: {
              broken: {
                subscribe: () => {
                  throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
                },
              },
            },
          },
        },
      },
      { introspection: false, log: SILENT },
    );
  });
  afterAll(() => graph.close());

  const overBoth = async (query: string, variables: object = {}): Promise<string[]> => {
    const client = openClient(graph.url);
    const asked = subscribe(client, query, variables as Record<string, unknown>);
    const ended = await asked.ended;
    client.terminate();
    const onSocket = JSON.stringify([asked.heard, ended]);
    if (query.startsWith('subscription')) return [onSocket];
    return [onSocket, JSON.stringify((await post(graph.url, query, { variables })).body)];
  };

  test.each([
    ['the schema', '{ __schema { types { name } } }', {}],
    ['a type', '{ __type(name: "Color") { name } }', {}],
    ['a type, in a fragment', '{ ...F } fragment F on Query { t: __type(name: "Color") { name } }', {}],
    ['a field', '{ colr }', {}],
    ['a field of a subscription', 'subscription { tick }', {}],
    ['an argument', '{ color(off: PURPLE) }', {}],
    ['a value', '{ color(of: PURPEL) }', {}],
    ['a value of a variable', 'query ($of: Color) { color(of: $of) }', { of: 'PURPEL' }],
    ['a field of an input', '{ color(filter: { heigth: 1 }) }', {}],
    ['a field of an input in a variable', 'query ($f: Filter) { color(filter: $f) }', { f: { heigth: 1 } }],
    ['a type of a variable', 'query ($of: Colr) { color(of: $of) }', {}],
    ['a variable of a subscription', 'subscription ($of: Color) { ticks(of: $of) }', { of: 'PURPEL' }],
    ['a directive', '{ color @inclde(if: true) }', {}],
  ])('%s is neither shown nor suggested', async (_, query, variables) => {
    for (const said of await overBoth(query, variables)) {
      expect(said).toContain('"code"');
      expect(said).not.toMatch(/PURPLE|GREEN|height|did you mean|"data":\{"__/i);
    }
    expect(graph.asked).toEqual([]);
  });

  test.each([
    ['a fault', '{ broken }'],
    ['an error with a code of its own', '{ blamed }'],
    ['an error that was written for clients', '{ odd }'],
    ['a fault of a subscription', 'subscription { broken }'],
  ])('%s tells nothing of the inside', async (_, query) => {
    for (const said of await overBoth(query)) {
      expect(said).toMatch(/INTERNAL|BAD_USER_INPUT/);
      expect(said).not.toMatch(/stack|srv|hunter2|ECONN|10\.0\.0|db\.internal|warehouse|P2028|on fire/);
    }
    graph.asked.length = 0;
  });
});
