import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { ChangeListener } from '#platform/cache/changes.ts';
import { CACHE_CONTROL } from '#platform/graphql/cache-control.ts';
import type { RouterOptions } from '../router.ts';
import { type Answer, post } from '../testing/shapes.ts';
import { runSmallGraph, type SmallGraph } from '../testing/small-graph.ts';

const HINTS = CACHE_CONTROL.replace(' @inaccessible', '');

let graph: SmallGraph;
let channel: ChangeListener;
let title: string;
let stock: number;
let gate: Promise<unknown> | undefined;

/** Products of one subgraph, their stock of another; what was asked is in `graph.asked`. */
async function start(caching: RouterOptions['caching'] = {}, options: Partial<RouterOptions> = {}) {
  [title, stock, gate] = ['Teapot', 5, undefined];
  const product = (id: string) => ({ __typename: 'Product', id, title, secret: 'cost' });
  graph = await runSmallGraph(
    {
      catalog: {
        sdl: `${HINTS}
          type Query {
            product(id: ID!): Product
            products: [Product!] @cacheControl(maxAge: 60)
            empty: [Product!] @cacheControl(maxAge: 60)
            anonymous: Product
            mine: Product @cacheControl(scope: PRIVATE)
            plain: String
            short: String @cacheControl(maxAge: 1)
            broken: String @cacheControl(maxAge: 60)
          }
          type Mutation { rename(title: String!): Product }
          type Product @key(fields: "id") @cacheControl(maxAge: 60) { id: ID! title: String! secret: String @authenticated }`,
        resolvers: {
          Query: {
            product: async (_: unknown, { id }: { id: string }) => {
              const read = product(id);
              await gate;
              return id === 'none' ? null : read;
            },
            products: () => ['p1', 'p2'].map(product),
            empty: () => [],
            anonymous: () => product('p1'),
            mine: () => product('p1'),
            plain: () => 'plain',
            short: () => title,
            broken: () => {
              throw new Error('broken');
            },
          },
          Mutation: {
            rename: (_: unknown, given: { title: string }) => {
              title = given.title;
              return product('p1');
            },
          },
          Product: { __resolveReference: async ({ id }: { id: string }) => product(id) },
        },
      },
      inventory: {
        sdl: `${HINTS}
          type Product @key(fields: "id") @cacheControl(maxAge: 30) { id: ID! stock: Int }`,
        resolvers: {
          Product: {
            __resolveReference: async ({ id }: { id: string }) => {
              if (id === 'p2' && stock < 0) throw new Error(`no stock of ${id}`);
              return { id, stock };
            },
          },
        },
      },
    },
    {
      caching: caching && {
        tellCache: true,
        changes: {
          follow: (listener) => {
            channel = listener;
            return () => {};
          },
        },
        ...caching,
      },
      ...options,
    },
  );
}

afterEach(() => graph.close());

const ask = (query: string, headers: Record<string, string> = {}, variables: object = {}) =>
  post(graph.url, query, { headers, variables });
const cached = ({ headers }: Answer) => headers.get('x-cache');
const askedOf = (subgraph: string) => graph.asked.filter((each) => each.startsWith(`${subgraph}:`)).length;

describe('the answer cache', () => {
  test('the least hint of all fetches is the answer’s, and equal answers cost no fetch', async () => {
    await start();
    const query = '{ products { id title stock } }';
    const [first, second] = [await ask(query), await ask(query)];
    expect(first.headers.get('cache-control')).toBe('max-age=30, public');
    expect([cached(first), cached(second)]).toEqual(['MISS', 'HIT']);
    expect(second.headers.get('age')).toBe('0');
    expect(second.headers.get('cache-control')).toBe('max-age=30, public');
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(second.body).toEqual(first.body);
    expect(second.body.data.products[1]).toEqual({ id: 'p2', title: 'Teapot', stock: 5 });
    expect([askedOf('catalog'), askedOf('inventory')]).toEqual([1, 1]);
  });

  test('variables, the operation’s name and the asked for type are of the key', async () => {
    await start();
    const query = 'query A($id: ID!) { product(id: $id) { id } } query B { products { id } }';
    const of = (id: string) => ask('query A($id: ID!) { product(id: $id) { id } }', {}, { id });
    expect([cached(await of('p1')), cached(await of('p2')), cached(await of('p1'))]).toEqual(['MISS', 'MISS', 'HIT']);
    const named = async (operationName: string) => {
      const response = await fetch(`${graph.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, operationName, variables: { id: 'p1' } }),
      });
      const { data } = (await response.json()) as { data: object };
      return [response.headers.get('x-cache'), Object.keys(data)];
    };
    expect(await named('A')).toEqual(['MISS', ['product']]);
    expect(await named('B')).toEqual(['MISS', ['products']]);
    expect(await named('A')).toEqual(['HIT', ['product']]);
    const typed = async (accept: string) => {
      const answer = await ask('{ products { id } }', { accept });
      return [cached(answer), answer.headers.get('content-type')];
    };
    const [older, newer] = ['application/json', 'application/graphql-response+json'] as const;
    expect(await typed(older)).toEqual(['MISS', `${older}; charset=utf-8`]);
    expect(await typed(newer)).toEqual(['MISS', `${newer}; charset=utf-8`]);
    expect(await typed(older)).toEqual(['HIT', `${older}; charset=utf-8`]);
  });

  test.each([
    ['{ plain }', 'no-store'],
    ['{ mine { id } }', 'max-age=60, private'],
    ['{ broken products { id } }', 'no-store'],
    ['{ __typename }', 'no-store'],
    ['mutation { rename(title: "Teapot") { id } }', 'no-store'],
    ['{ nothing }', 'no-store'],
  ])('%s is not kept: %s', async (query, header) => {
    await start();
    const answers = [await ask(query), await ask(query)];
    expect(answers.map(cached)).toEqual(['MISS', 'MISS']);
    expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual([header, header]);
  });

  test('a guarded field makes an answer its viewer’s own, whatever the hints say', async () => {
    await start();
    const query = '{ products { id secret } }';
    const staff = await ask(query, { authorization: 'Bearer staff' });
    expect(staff.body.data.products[0].secret).toBe('cost');
    expect(staff.headers.get('cache-control')).toContain('private');
    const guest = await ask(query);
    expect(guest.body.data.products[0].secret).toBeNull();
    expect([cached(staff), cached(guest)]).toEqual(['MISS', 'MISS']);
    expect(cached(await ask(query, { authorization: 'Bearer staff' }))).toBe('MISS');
  });

  test('requests may ask for what is new, and not to be kept', async () => {
    await start();
    const query = '{ products { title } }';
    await ask(query, { 'cache-control': 'no-store' });
    expect(cached(await ask(query))).toBe('MISS');
    title = 'Kettle';
    const anew = await ask(query, { 'cache-control': 'no-cache' });
    expect(anew.body.data.products[0].title).toBe('Kettle');
    const after = await ask(query);
    expect([cached(after), after.body.data.products[0].title]).toEqual(['HIT', 'Kettle']);
  });

  test('many who ask the same at once are asked for once', async () => {
    await start({}, { deduplicate: false });
    let open = () => {};
    gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const asking = Array.from({ length: 20 }, () => ask('{ product(id: "p1") { id title } }'));
    await expect.poll(() => askedOf('catalog')).toBe(1);
    await sleep(50);
    open();
    const answers = await Promise.all(asking);
    expect(askedOf('catalog')).toBe(1);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  test('past its age it is given once more and asked anew behind that', async () => {
    await start({ staleSeconds: 10 });
    await ask('{ short }');
    title = 'Kettle';
    await sleep(1_050);
    const stale = await ask('{ short }');
    expect([cached(stale), stale.headers.get('age'), stale.body.data.short]).toEqual(['STALE', '1', 'Teapot']);
    await expect.poll(async () => (await ask('{ short }')).body.data.short).toBe('Kettle');
    expect(cached(await ask('{ short }'))).toBe('HIT');
  });

  test('a GET has a tag, by which it need not be sent again', async () => {
    await start();
    const url = `${graph.url}/graphql?query=${encodeURIComponent('{ products { id } }')}`;
    const headers = { 'apollo-require-preflight': '1' };
    const first = await fetch(url, { headers });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"/);
    await first.text();
    const again = await fetch(url, { headers: { ...headers, 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await fetch(url, { headers: { ...headers, 'if-none-match': '"other"' } })).status).toBe(200);
  });
});

describe('changes', () => {
  const titles = async () => (await ask('{ products { id title } }')).body.data.products[0].title;

  test('an entity’s drops the answers that hold it, and those that may', async () => {
    await start();
    const queries = [
      '{ product(id: "p1") { id } }',
      '{ product(id: "p2") { id } }',
      '{ product(id: "none") { id } }',
      '{ products { title } }',
      '{ empty { id } }',
    ];
    for (const query of queries) await ask(query);
    channel.changed('Product:p1');
    // p2 is another; an empty list holds none.
    expect(await Promise.all(queries.map(async (query) => cached(await ask(query))))).toEqual([
      'MISS',
      'HIT',
      'MISS',
      'MISS',
      'HIT',
    ]);
  });

  test('a type’s drops every answer that could hold one, empty lists too', async () => {
    await start();
    const queries = ['{ product(id: "p1") { id } }', '{ empty { id } }', '{ short }'];
    for (const query of queries) await ask(query);
    channel.changed('Product');
    expect(await Promise.all(queries.map(async (query) => cached(await ask(query))))).toEqual(['MISS', 'MISS', 'HIT']);
  });

  test('what was read before a change and arrives after it is not kept', async () => {
    await start();
    let open = () => {};
    gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const query = '{ product(id: "p1") { id title } }';
    const reading = ask(query);
    await expect.poll(() => askedOf('catalog')).toBe(1);
    title = 'Kettle';
    channel.changed('Product:p1');
    open();
    expect((await reading).body.data.product.title).toBe('Teapot');
    expect((await ask(query)).body.data.product.title).toBe('Kettle');
  });

  test('while they cannot be heard nothing is given past its age, and afterwards all is dropped', async () => {
    await start({ staleSeconds: 60 });
    await ask('{ short }');
    expect(await titles()).toBe('Teapot');
    channel.lost();
    title = 'Kettle';
    expect(await titles()).toBe('Teapot');
    await sleep(1_050);
    const short = await ask('{ short }');
    expect([cached(short), short.body.data.short]).toEqual(['MISS', 'Kettle']);
    channel.restored();
    expect(await titles()).toBe('Kettle');
  });

  test('over HTTP, for who knows the secret', async () => {
    await start({ invalidationSecret: 's3cret' });
    const drop = async (body: unknown, secret = 's3cret') => {
      const response = await fetch(`${graph.url}/cache/invalidate`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}` },
        body: JSON.stringify(body),
      });
      return [response.status, ((await response.json()) as { count?: number }).count];
    };
    const one = { kind: 'entity', subgraph: 'catalog', type: 'Product', key: { id: 'p1' } };
    expect(await titles()).toBe('Teapot');
    title = 'Kettle';
    expect(await drop([one], 'wrong')).toEqual([401, undefined]);
    expect(await drop([{ kind: 'all' }])).toEqual([400, undefined]);
    expect(await titles()).toBe('Teapot');
    expect(await drop([one])).toEqual([202, 1]);
    expect(await titles()).toBe('Kettle');
    expect(await drop([{ kind: 'type', type: 'Product' }])).toEqual([202, 1]);
    await titles();
    expect(await drop([{ kind: 'subgraph', subgraph: 'inventory' }])).toEqual([202, 0]);
    expect(await drop([{ kind: 'subgraph', subgraph: 'catalog' }])).toEqual([202, 1]);
  });
});

describe('the entity cache', () => {
  const stocks = async (query: string) =>
    [(await ask(query)).body.data].flatMap(({ product, products }) => products ?? [product]).map((each) => each.stock);

  test('known entities are cut out of a fetch, and the answer is whole', async () => {
    await start();
    expect(await stocks('{ product(id: "p1") { id stock } }')).toEqual([5]);
    stock = 7;
    expect(await stocks('{ products { id stock } }')).toEqual([5, 7]);
    expect(await stocks('{ anonymous: products { id } products { stock } }')).toEqual([5, 7]);
    expect(askedOf('inventory')).toBe(2);
    channel.changed('Product:p1');
    expect(await stocks('{ products { stock } }')).toEqual([7, 7]);
    expect(askedOf('inventory')).toBe(3);
  });

  test('an error is told of the entity that it is of, and nothing of that answer is kept', async () => {
    await start();
    await stocks('{ product(id: "p1") { id stock } }');
    stock = -1;
    const { body } = await ask('{ products { id stock } }');
    expect(body.data.products).toEqual([
      { id: 'p1', stock: 5 },
      { id: 'p2', stock: null },
    ]);
    expect(body.errors.map(({ path }: { path: unknown }) => path)).toEqual([['products', 1]]);
    stock = 3;
    expect(await stocks('{ products { id stock } }')).toEqual([5, 3]);
  });

  test('after a mutation, and for who asks for what is new, entities are asked anew', async () => {
    await start();
    await stocks('{ product(id: "p1") { id stock } }');
    stock = 9;
    const { body } = await ask('mutation { rename(title: "Kettle") { id stock } }');
    expect(body.data.rename.stock).toBe(9);
    const anew = await ask('{ product(id: "p1") { stock } }', { 'cache-control': 'no-cache' });
    expect(anew.body.data.product.stock).toBe(9);
  });
});

test('without a cache nothing is kept, and the headers still say what others may', async () => {
  await start(null);
  const answers = [await ask('{ products { id stock } }'), await ask('{ products { id stock } }')];
  expect(askedOf('catalog')).toBe(2);
  expect(askedOf('inventory')).toBe(2);
  expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual([
    'max-age=30, public',
    'max-age=30, public',
  ]);
});
