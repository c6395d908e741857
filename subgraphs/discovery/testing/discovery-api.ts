import { graphql } from 'graphql';
import type { Viewer } from '#platform/auth/viewer.ts';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import type { ProductTraits } from '#subgraphs/catalog/contracts/product-traits.ts';
import type { OrderedProducts } from '#subgraphs/orders/contracts/ordered-products.ts';
import { discovery } from '../subgraph.ts';

const { schema } = await buildSubgraph(discovery);

/** What the neighbors know. */
export const shop = {
  products: new Map<string, ProductTraits>(),
  orders: [] as (Omit<OrderedProducts, 'isGone'> & { isGone?: boolean })[],
  carts: new Map<string, string[]>(),
};

const byId = <Row>(rows: Row[], idOf: (row: Row) => string, after: unknown, first: number) =>
  rows
    .filter((row) => after == null || idOf(row) > String(after))
    .sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
    .slice(0, first);

const answers: Record<string, (variables: never) => object> = {
  productTraits: ({ ids }: { ids: string[] }) => ({ productTraits: ids.flatMap((id) => shop.products.get(id) ?? []) }),
  allProductTraits: ({ after, first }: { after: string | null; first: number }) => ({
    allProductTraits: byId([...shop.products.values()], ({ id }) => id, after, first),
  }),
  orderedProducts: ({ orderIds }: { orderIds: string[] }) => ({
    orderedProducts: shop.orders
      .filter(({ orderId }) => orderIds.includes(orderId))
      .map((order) => ({ isGone: false, ...order })),
  }),
  allOrderedProducts: ({ after, first }: { after: string | null; first: number }) => ({
    allOrderedProducts: byId(shop.orders, ({ orderId }) => orderId, after, first),
  }),
  productsByIds: ({ ids }: { ids: string[] }) => ({
    productsByIds: ids.map((id) => (shop.products.get(id)?.published ? { id } : null)),
  }),
  cart: ({ id }: { id: string }) => ({ cart: shop.carts.has(id) ? { productIds: shop.carts.get(id) } : null }),
};

const neighbors = {
  async query(_subgraph: string, { query, variables }: { query: string; variables: never }) {
    const field = /\{ (\w+)/.exec(query)?.[1] ?? '';
    const answer = answers[field];
    if (!answer) throw new Error(`Nobody answers ${field}.`);
    return { data: answer(variables) };
  },
} as unknown as SubgraphTransport;

export const contextOf = (viewer: Viewer | null = null, caller = 'router') =>
  new Context('discovery', neighbors, { viewer, caller });

export const newCustomer = (scopes: string[] = []): Viewer => ({
  ...{ customerId: newId('cus'), sessionId: newId('ses'), scopes },
});

/** A product as catalog would tell of it. */
export function newProduct(traits: Partial<ProductTraits> = {}): ProductTraits {
  const at = new Date().toISOString();
  const product: ProductTraits = {
    ...{ id: newId('prod'), published: true, title: 'Thing', categoryId: null, aisleId: null, categoryTitles: [] },
    ...{ brand: null, tags: [], priceMinor: '1000', createdAt: at, version: 1 },
    ...traits,
  };
  shop.products.set(product.id, product);
  return product;
}

/** Asks as the router does for a viewer; the codes of errors beside the data. */
export async function ask(source: string, variables: object = {}, viewer: Viewer | null = null) {
  const variableValues = variables as Record<string, unknown>;
  const result = await graphql({ schema, source, variableValues, contextValue: contextOf(viewer) });
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects, exactly.
  const data: any = JSON.parse(JSON.stringify(result.data ?? null));
  return { data, errors: (result.errors ?? []).map((error) => error.extensions.code ?? error.message) };
}

/** A mutation, answered by its payload alone. */
export async function mutate(field: string, selection: string, input: object, viewer: Viewer | null = null) {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const source = `mutation($input: ${type}!) { ${field}(input: $input) { ${selection} userErrors { code path } } }`;
  const { data, errors } = await ask(source, { input }, viewer);
  return data ? data[field] : { errors };
}

/** What the router asks of many products at once: the ids of a field, product by product. */
export async function neighborsOf(ids: readonly string[], field: string, limit = 8): Promise<string[][]> {
  const source = `query($of: [_Any!]!) { _entities(representations: $of) { ... on Product { ${field}(limit: ${limit}) { id } } } }`;
  const { data, errors } = await ask(source, { of: ids.map((id) => ({ __typename: 'Product', id })) });
  if (errors.length > 0) throw new Error(errors.join());
  return data._entities.map((entity: Record<string, { id: string }[]>) => entity[field]!.map(({ id }) => id));
}

/** The ids that a root field of products answers. */
export async function idsOf(field: string, viewer: Viewer | null = null): Promise<string[]> {
  const { data, errors } = await ask(`{ found: ${field} { id } }`, {}, viewer);
  if (errors.length > 0) throw new Error(errors.join());
  return data.found.map(({ id }: { id: string }) => id);
}
