import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { post, runShop, serve } from '../testing/shapes.ts';
import { runSmallGraph, type SmallGraph } from '../testing/small-graph.ts';
import { openClient, subscribe, until } from '../testing/subscriber.ts';
import { TestShop } from '../testing/test-shop.ts';

const HAPPENINGS = [
  {
    __typename: 'Shipped',
    order: { id: 'o1', weight: 3 },
    carrier: 'Comet',
    about: { __typename: 'Parcel', id: 'p1' },
  },
  {
    __typename: 'Refunded',
    order: { id: 'o2', weight: 5 },
    amount: 700,
    about: { __typename: 'Order', id: 'o2', weight: 5 },
  },
  // Neither of these can be answered whole by the other subgraph.
  {
    __typename: 'Shipped',
    order: { id: 'gone', weight: 0 },
    carrier: 'Comet',
    about: { __typename: 'Parcel', id: 'gone' },
  },
  { __typename: 'Refunded', order: { id: 'fault', weight: 1 }, amount: 0, about: null },
  null,
];

const FEED = `
  type Query { happenings: [Happening] }
  type Subscription { happened: Happening }
  union Happening = Shipped | Refunded
  interface Thing { id: ID! }
  type Shipped { order: Order! carrier: String! about: Thing }
  type Refunded { order: Order! amount: Int! about: Thing }
  type Order implements Thing @key(fields: "id") { id: ID! weight: Int! }
  type Parcel implements Thing @key(fields: "id") { id: ID! }`;

const POST = `
  type Order @key(fields: "id") {
    id: ID! weight: Int! @external
    postage(per: Int = 1): Int @requires(fields: "weight")
    label: String!
  }
  type Parcel @key(fields: "id") { id: ID! place: String! }`;

const resolved = async (id: string) => {
  if (id === 'fault') throw new GraphQLError('No label for this one.', { extensions: { code: 'BAD_USER_INPUT' } });
  return id !== 'gone';
};

/** An event is answered as the same selection of a query is: by the values, the nulls and the errors. */
describe('events of every shape', () => {
  let graph: SmallGraph;
  beforeAll(async () => {
    graph = await runSmallGraph({
      feed: {
        sdl: FEED,
        resolvers: {
          Query: { happenings: () => HAPPENINGS },
          Subscription: {
            happened: {
              subscribe: async function* () {
                for (const happened of HAPPENINGS) yield { happened };
              },
            },
          },
        },
      },
      post: {
        sdl: POST,
        resolvers: {
          Order: {
            __resolveReference: async (order: { id: string }) => ((await resolved(order.id)) ? order : null),
            postage: ({ weight }: { weight: number }, { per }: { per: number }) => weight * per,
            label: ({ id }: { id: string }) => `to ${id}`,
          },
          Parcel: {
            __resolveReference: async (parcel: { id: string }) => ((await resolved(parcel.id)) ? parcel : null),
            place: ({ id }: { id: string }) => `shelf of ${id}`,
          },
        },
      },
    });
  });
  afterAll(() => graph.close());

  /** What is left of a path when the place in the list is one event. */
  const asOfEvent = (errors: { path?: (string | number)[] }[] = []) =>
    errors.map(({ path, ...error }) => ({ ...error, path: ['happened', ...(path ?? []).slice(2)] }));

  test.each<[string, string, string, Record<string, unknown>]>([
    [
      'members of a union, each with fields of another subgraph',
      '',
      '... on Shipped { carrier order { id label } } ... on Refunded { amount order { id } }',
      {},
    ],
    [
      '__typename and aliases',
      '',
      'kind: __typename ... on Shipped { by: carrier first: order { a: id b: label } second: order { b: id } }',
      {},
    ],
    [
      'an interface whose members other subgraphs know',
      '',
      '... on Shipped { about { id ... on Parcel { place } ... on Order { label } } } ... on Refunded { about { __typename ... on Order { label } } }',
      {},
    ],
    [
      '@requires, with what it reads not asked for',
      '',
      '... on Shipped { order { postage } } ... on Refunded { order { postage label } }',
      {},
    ],
    [
      '@requires with arguments, and under aliases',
      'query Q($per: Int)',
      '... on Refunded { order { postage(per: $per) twice: postage(per: 2) weight } }',
      { per: 10 },
    ],
    ['the default of an argument', 'query Q($per: Int = 4)', '... on Refunded { order { postage(per: $per) } }', {}],
    [
      '@include and @skip that hold',
      'query Q($yes: Boolean!, $no: Boolean!)',
      '... on Shipped @include(if: $yes) { carrier order { id @skip(if: $yes) label @include(if: $no) postage @skip(if: $no) } }',
      { yes: true, no: false },
    ],
    [
      '@include and @skip that do not',
      'query Q($yes: Boolean!, $no: Boolean!)',
      '... on Shipped @include(if: $yes) { carrier } ... on Refunded { order { id label @skip(if: $no) postage @include(if: $yes) } }',
      { yes: false, no: true },
    ],
    ['fragments within fragments', '', '...S ...R', {}],
    [
      'partial data: a null where a non-null is missing travels up to the event',
      '',
      '... on Shipped { carrier order { label } } ... on Refunded { amount order { label } }',
      {},
    ],
    [
      'partial data: nullable fields alone are null',
      '',
      '... on Shipped { carrier about { id ... on Parcel { place } } order { id postage } } ... on Refunded { amount order { id postage } }',
      {},
    ],
  ])('%s', async (_name, head, selection, variables) => {
    const fragments = selection.includes('...S')
      ? 'fragment S on Shipped { carrier ...O } fragment R on Refunded { order { ...Label } } fragment O on Shipped { order { ...Label } } fragment Label on Order { label }'
      : '';
    const { body } = await post(graph.url, `${head || 'query Q'} { happenings { ${selection} } } ${fragments}`, {
      variables,
    });
    const client = openClient(graph.url);
    const text = `${head.replace('query', 'subscription') || 'subscription Q'} { happened { ${selection} } } ${fragments}`;
    const { heard, ended } = subscribe(client, text, variables);
    expect(await ended).toBe('complete');
    client.terminate();

    expect(heard.map(({ data }) => data.happened)).toEqual(body.data.happenings);
    const told = (errors: { path?: unknown }[]) => errors.map((error) => JSON.stringify(error)).sort();
    expect(
      told(
        heard.flatMap(({ errors = [] }) =>
          asOfEvent(errors.map((error: { path: string[] }) => ({ ...error, path: ['', ...error.path] }))),
        ),
      ),
    ).toEqual(told(asOfEvent(body.errors)));
    expect(heard).toHaveLength(HAPPENINGS.length);
    expect(body.data.happenings.some((each: unknown) => each !== null)).toBe(true);
  });

  test('the values themselves', async () => {
    const client = openClient(graph.url);
    const query = `subscription ($per: Int, $no: Boolean!) { it: happened { kind: __typename
      ... on Shipped { order { cost: postage(per: $per) } about { ... on Parcel { place } } }
      ... on Refunded { amount order { label @include(if: $no) postage } } } }`;
    const { heard, ended } = subscribe(client, query, { per: 2, no: false });
    expect(await ended).toBe('complete');
    client.terminate();
    expect(heard.map(({ data, errors }) => [data, (errors ?? []).map(({ path }: { path: unknown }) => path)])).toEqual([
      [{ it: { kind: 'Shipped', order: { cost: 6 }, about: { place: 'shelf of p1' } } }, []],
      [{ it: { kind: 'Refunded', amount: 700, order: { postage: 5 } } }, []],
      [{ it: { kind: 'Shipped', order: { cost: null }, about: null } }, [['it', 'about', 'place']]],
      [{ it: { kind: 'Refunded', amount: 0, order: { postage: null } } }, [['it', 'order']]],
      [{ it: null }, []],
    ]);
  });
});

describe('an upstream that is lost and comes back', () => {
  test('28: every subscriber hears the state as it is then, those that have it already do not hear it again', async () => {
    const shop = new TestShop();
    const running = await runShop('http', shop);
    const FOLLOW = 'subscription ($id: ID!) { orderUpdated(id: $id) { status lines { product { title } } } }';
    const client = openClient(running.url);
    for (const id of ['a', 'b']) shop.feed.set(id, 'CONFIRMED');
    const [moved, sharing, still] = ['a', 'a', 'b'].map((id) => subscribe(client, FOLLOW, { id }));
    const all = [moved!, sharing!, still!];
    await until(() => all.every(({ heard }) => heard.length === 1));

    const server = running.served.get('orders')!;
    await server.close();
    await until(() => shop.feed.active === 0);
    // What happened meanwhile is not sent by anybody, but for where it led to.
    shop.feed.set('a', 'PREPARING');
    shop.feed.set('a', 'SHIPPED');
    shop.title = 'Kettle';
    const again = await serve(shop, 'orders', server.port);
    await until(() => moved!.heard.length === 2 && sharing!.heard.length === 2 && shop.feed.active === 2);
    shop.feed.set('b', 'SHIPPED');
    await until(() => still!.heard.length === 2);

    const told = all.map(({ heard }) =>
      heard.map(({ data: { orderUpdated } }) => `${orderUpdated.status} ${orderUpdated.lines[0].product.title}`),
    );
    const way = ['CONFIRMED Teapot p1', 'SHIPPED Kettle p1'];
    expect(told).toEqual([way, way, way]);
    client.terminate();
    await until(() => shop.feed.active === 0);
    await running.close();
    await again.close();
  });
});
