import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse } from 'graphql';
import type { Identity } from '#platform/auth/viewer.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import type { ExecutableSubgraph } from '#platform/graphql/subgraph-executor.ts';
import { OrderFeed } from './order-feed.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible", "@authenticated"])`;

export const SDL = {
  orders: `${LINK}
    type Query {
      order(id: ID!): Order
      whoAmI: String!
      broken: String
      brokenBadly: String
      denied: String
      beyond: String
      at(time: DateTime!): String
      internalSecret: String @inaccessible
    }
    type Mutation { orderPlace(id: ID!): Order! }
    type Subscription { orderUpdated(id: ID!): Order, ordersPlaced: Order }
    scalar DateTime
    type Order @key(fields: "id") { id: ID! status: String! version: Int! placedAt: DateTime! lines: [Line!]! mine: String @authenticated }
    type Line { quantity: Int! product: Product }
    type Product @key(fields: "upc", resolvable: false) { upc: ID! }`,
  catalog: `${LINK}
    type Query { products: [Product!] product(upc: ID!): Product }
    type Product @key(fields: "upc") { upc: ID! title: String! price(currency: String = "EUR"): String! seenBy: String! }`,
} as const;

export type TestSubgraphName = keyof typeof SDL;

/** Two subgraphs whose every call is counted. */
export class TestShop {
  readonly feed = new OrderFeed();
  readonly calls = { place: 0, products: 0, entities: 0 };
  /** Titles change, so that a test sees when an answer was made. */
  title = 'Teapot';
  readonly subgraphs: Readonly<Record<TestSubgraphName, ExecutableSubgraph>>;

  constructor() {
    this.subgraphs = { orders: this.#orders(), catalog: this.#catalog() };
  }

  #orders(): ExecutableSubgraph {
    const order = (id: string) => ({
      ...this.feed.now(id),
      lines: [1, 2].map((quantity) => ({ quantity, product: { upc: `p${quantity}` } })),
    });
    return executable(SDL.orders, {
      DateTime: DateTimeScalar,
      Query: {
        order: (_: unknown, { id }: { id: string }) => (this.feed.has(id) ? order(id) : null),
        whoAmI: (_: unknown, __: unknown, { identity }: TestContext) =>
          `${identity.viewer?.customerId ?? 'guest'} by ${identity.caller}`,
        broken: () => {
          throw new Error('ECONNREFUSED postgres://souk:hunter2@10.0.0.7:5432');
        },
        brokenBadly: () => {
          throw new GraphQLError('at Pool.connect (/srv/souk/pool.ts:12)', { extensions: { code: 'P2028' } });
        },
        denied: () => {
          throw new GraphQLError('This needs the scope orders:read.', { extensions: { code: 'FORBIDDEN', host: 'h' } });
        },
        beyond: () => {
          throw new GraphQLError('inventory does not answer.', { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
        },
        at: () => 'noted',
        internalSecret: () => 'for subgraphs only',
      },
      Mutation: {
        orderPlace: (_: unknown, { id }: { id: string }) => {
          this.calls.place += 1;
          this.feed.set(id, 'CONFIRMED');
          return order(id);
        },
      },
      Order: {
        __resolveReference: async ({ id }: { id: string }) => order(id),
        mine: (_: unknown, __: unknown, { identity }: TestContext) => identity.viewer?.customerId ?? null,
      },
      Subscription: {
        orderUpdated: {
          subscribe: (_: unknown, { id }: { id: string }) => {
            if (id === 'fault') throw new Error('password of the database');
            if (!this.feed.has(id))
              throw new GraphQLError('No such order.', { extensions: { code: 'BAD_USER_INPUT' } });
            return this.feed.follow(id);
          },
          resolve: (event: { id: string; status: string; version: number }) => ({ ...order(event.id), ...event }),
        },
        ordersPlaced: {
          subscribe: () => this.feed.followPlaced(),
          resolve: (event: { id: string }) => ({ ...order(event.id), ...event }),
        },
      },
    });
  }

  #catalog(): ExecutableSubgraph {
    const product = (upc: string, { identity }: TestContext) => ({
      upc,
      title: `${this.title} ${upc}`,
      price: ({ currency }: { currency: string }) => `9.99 ${currency}`,
      seenBy: identity.viewer?.customerId ?? 'guest',
    });
    return executable(SDL.catalog, {
      Query: {
        products: (_: unknown, __: unknown, context: TestContext) => {
          this.calls.products += 1;
          return ['p1', 'p2'].map((upc) => product(upc, context));
        },
        product: (_: unknown, { upc }: { upc: string }, context: TestContext) => product(upc, context),
      },
      Product: {
        __resolveReference: async ({ upc }: { upc: string }, context: TestContext) => {
          this.calls.entities += 1;
          return product(upc, context);
        },
      },
    });
  }
}

interface TestContext {
  readonly identity: Identity;
}

function executable(sdl: string, resolvers: object): ExecutableSubgraph {
  return {
    schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]),
    contextFor: (identity): TestContext => ({ identity }),
    formatError: (error) => {
      const { message, path, extensions } = error;
      const meant = extensions.code !== undefined || error.originalError === undefined;
      return {
        message: meant ? message : 'masked by the subgraph',
        ...(path ? { path } : {}),
        extensions: meant ? extensions : { code: 'INTERNAL' },
      };
    },
  };
}
