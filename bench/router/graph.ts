import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

/**
 * Users, reviews, products and stock, each a subgraph, as in The Guild's public gateway benchmark: its deep query asks
 * for the same entities over and over, in an answer of about 90 kB.
 */
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])';
const SDL = {
  accounts: `${LINK}
    type Query { me: User user(id: ID!): User users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String birthday: Int }`,
  inventory: `${LINK}
    type Product @key(fields: "upc") { upc: String! weight: Int @external price: Int @external inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight") }`,
  products: `${LINK}
    type Query { topProducts(first: Int = 5): [Product] product(upc: String!): Product }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  reviews: `${LINK}
    type Review @key(fields: "id") { id: ID! body: String author: User product: Product }
    type User @key(fields: "id") { id: ID! reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
} as const;

export type SubgraphName = keyof typeof SDL;
export const SUBGRAPHS = Object.keys(SDL) as SubgraphName[];

const USERS = 7;
const PRODUCTS = 9;
const user = (id: string) => ({
  id,
  name: `User number ${id}`,
  username: `@user-${id}`,
  birthday: 1990 + (Number(id) % 9),
});
const product = (upc: string) => ({
  upc,
  name: `Product number ${upc}`,
  price: 100 * (1 + (Number(upc) % 7)),
  weight: 10 * (1 + (Number(upc) % 5)),
});
const review = (id: number) => ({
  id: String(id),
  body: `Review number ${id}: it does what it promises, and arrived a day early. I would buy it again, though perhaps in another color than this one.`,
  author: { id: String(1 + (id % USERS)) },
  product: { upc: String(1 + (id % PRODUCTS)) },
});
/** Every user and every product has three. */
const reviewsOf = (n: number) => [review(n), review(n + 5), review(n + 11)];

const RESOLVERS: Record<SubgraphName, object> = {
  accounts: {
    Query: {
      me: () => user('1'),
      user: (_: unknown, { id }: { id: string }) => user(id),
      users: () => Array.from({ length: USERS }, (_, i) => user(String(i + 1))),
    },
    User: { __resolveReference: async ({ id }: { id: string }) => user(id) },
  },
  inventory: {
    Product: {
      __resolveReference: async (given: { upc: string }) => ({ ...given, inStock: Number(given.upc) % 3 !== 0 }),
      shippingEstimate: ({ price, weight }: { price: number; weight: number }) => (price > 500 ? 0 : weight / 2),
    },
  },
  products: {
    Query: {
      topProducts: (_: unknown, { first }: { first: number }) =>
        Array.from({ length: first }, (_, i) => product(String(i + 1))),
      product: (_: unknown, { upc }: { upc: string }) => product(upc),
    },
    Product: { __resolveReference: async ({ upc }: { upc: string }) => product(upc) },
  },
  reviews: {
    Review: { __resolveReference: async ({ id }: { id: string }) => review(Number(id)) },
    User: {
      __resolveReference: async ({ id }: { id: string }) => ({ id }),
      reviews: ({ id }: { id: string }) => reviewsOf(Number(id)),
    },
    Product: {
      __resolveReference: async ({ upc }: { upc: string }) => ({ upc }),
      reviews: ({ upc }: { upc: string }) => reviewsOf(Number(upc) + 3),
    },
  },
};

export const subgraphSchema = (name: SubgraphName): GraphQLSchema =>
  buildSubgraphSchema([{ typeDefs: parse(SDL[name]), resolvers: RESOLVERS[name] as never }]);

export function supergraphOf(urls: Readonly<Record<SubgraphName, string>>): string {
  const services = SUBGRAPHS.map((name) => ({ name, url: urls[name], typeDefs: parse(SDL[name]) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export const DEEP: Question = {
  query: `
    fragment User on User { id username name }
    fragment Review on Review { id body }
    fragment Product on Product { inStock name price shippingEstimate upc weight }
    query TestQuery {
      users { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } } }
      topProducts { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } }
    }`,
};

const SMALL = [
  'query U($id: ID!) { user(id: $id) { id name reviews { body } } }',
  'query V($id: ID!) { user(id: $id) { username reviews { id product { upc name } } } }',
  'query W($id: ID!) { user(id: $id) { birthday reviews { product { price inStock } } } }',
  'query P($upc: String!) { product(upc: $upc) { name price inStock shippingEstimate } }',
  'query Q($upc: String!) { product(upc: $upc) { name reviews { body author { name } } } }',
  'query T($first: Int!) { topProducts(first: $first) { upc name } me { id } }',
];

/** One of some thousand small questions. */
export const small = (n: number): Question => ({
  query: SMALL[n % SMALL.length] as string,
  variables: { id: String(1 + (n % 499)), upc: String(1 + (n % 503)), first: 1 + (n % 7) },
});
