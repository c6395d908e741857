// A subgraph as anybody would write it, with Apollo's own packages and nothing of Souk: `node apollo-subgraph.mjs products 4001`.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const PRODUCTS = ['teapot', 'kettle'].map((id) => ({ id, name: `The ${id}` }));
const REVIEWS = [{ id: 'r1', stars: 5, productId: 'teapot' }];
let counted = 0;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const SUBGRAPHS = {
  products: {
    typeDefs: `${LINK}
      type Query { products: [Product!]! slow(ms: Int!): String! broken: String headers(name: String!): String counted: Int! }
      type Product @key(fields: "id") { id: ID! name: String! }`,
    resolvers: {
      Query: {
        products: () => PRODUCTS,
        slow: async (_, { ms }) => {
          await sleep(ms);
          return 'done';
        },
        broken: () => {
          throw new GraphQLError('The shelf is empty.', { extensions: { code: 'EMPTY_SHELF' } });
        },
        headers: (_, { name }, { headers }) => headers[name],
        counted: (_, __, ___, { cacheControl }) => {
          cacheControl.setCacheHint({ maxAge: 60 });
          counted += 1;
          return counted;
        },
      },
      Product: { __resolveReference: ({ id }) => PRODUCTS.find((product) => product.id === id) },
    },
  },
  reviews: {
    typeDefs: `${LINK}
      type Query { reviews: [Review!]! }
      type Subscription { reviewAdded: Review! }
      type Review { id: ID! stars: Int! product: Product! }
      type Product @key(fields: "id") { id: ID! reviews: [Review!]! }`,
    resolvers: {
      Query: { reviews: () => REVIEWS },
      Subscription: {
        reviewAdded: {
          async *subscribe() {
            for (let stars = 1; ; stars += 1) {
              yield { reviewAdded: { id: `new-${stars}`, stars, productId: 'kettle' } };
              await sleep(50);
            }
          },
        },
      },
      Review: { product: ({ productId }) => ({ id: productId }) },
      Product: { reviews: ({ id }) => REVIEWS.filter(({ productId }) => productId === id) },
    },
  },
};

const [name, port, socketPort] = process.argv.slice(2);
const { typeDefs, resolvers } = SUBGRAPHS[name];
const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }]);
const { url } = await startStandaloneServer(new ApolloServer({ schema }), {
  listen: { port: Number(port), host: '127.0.0.1' },
  context: async ({ req }) => ({ headers: req.headers }),
});
if (socketPort)
  useServer({ schema }, new WebSocketServer({ port: Number(socketPort), host: '127.0.0.1', path: '/ws' }));
process.stdout.write(`${name} at ${url}\n`);
