import { graphql } from 'graphql';
import type { Viewer } from '#platform/auth/viewer.ts';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { reviews } from '../subgraph.ts';

const { schema } = await buildSubgraph(reviews);

/** What the neighbors know: products that are on sale, names, and who bought what. */
export const shop = {
  products: new Set<string>(),
  names: new Map<string, string>(),
  bought: new Set<string>(),
};

const neighbors = {
  async query(subgraph: string, { variables }: { variables: Record<string, never> }) {
    const { ids, customerId, productId } = variables as unknown as Record<string, string> & { ids: string[] };
    if (subgraph === 'catalog')
      return { data: { productsByIds: ids.map((id) => (shop.products.has(id) ? { id } : null)) } };
    if (subgraph === 'accounts')
      return { data: { customersByIds: ids.map((id) => ({ id, name: shop.names.get(id) ?? null })) } };
    return { data: { customerHasBought: shop.bought.has(`${customerId} ${productId}`) } };
  },
} as unknown as SubgraphTransport;

export function newProduct(): string {
  const id = newId('prod');
  shop.products.add(id);
  return id;
}

export const newCustomer = (name = 'Ada Lovelace', scopes: string[] = []): Viewer => {
  const customerId = newId('cus');
  shop.names.set(customerId, name);
  return { customerId, sessionId: newId('ses'), scopes };
};

/** Asks as the router does for a viewer; the codes of errors beside the data. */
export async function ask(source: string, variables: object = {}, viewer: Viewer | null = null) {
  const contextValue = new Context('reviews', neighbors, { viewer, caller: 'router' });
  const result = await graphql({ schema, source, variableValues: variables as Record<string, unknown>, contextValue });
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects, exactly.
  const data: any = JSON.parse(JSON.stringify(result.data ?? null));
  return { data, errors: (result.errors ?? []).map((error) => error.extensions.code ?? error.message) };
}

/** A mutation, answered by its payload alone. */
export async function mutate(field: string, selection: string, input: object, viewer: Viewer | null) {
  const type = /^wishlist/.test(field) ? 'WishlistInput' : `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const source = `mutation($input: ${type}!) { ${field}(input: $input) { ${selection} userErrors { code path } } }`;
  const { data, errors } = await ask(source, { input }, viewer);
  return data ? data[field] : { errors };
}

/** What the router asks of an entity. */
export async function entity(typename: string, id: string, selection: string, viewer: Viewer | null = null) {
  const source = `query($of: [_Any!]!) { _entities(representations: $of) { ... on ${typename} { ${selection} } } }`;
  const { data, errors } = await ask(source, { of: [{ __typename: typename, id }] }, viewer);
  return { ...data?._entities?.[0], ...(errors.length > 0 ? { errors } : {}) };
}
