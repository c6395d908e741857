import type { Identity } from '#platform/auth/viewer.ts';
import { serveSubgraph } from '#platform/graphql/serve-subgraph.ts';
import { TestShop } from '#router/testing/test-shop.ts';

/** Orders and their products, over HTTP and sockets: `live-subgraphs.process.ts <first port>`. `orderPlace` changes an order. */
const first = Number(process.argv[2]);
const shop = new TestShop();
shop.feed.set('one', 'CONFIRMED');
for (const [index, name] of (['catalog', 'orders'] as const).entries())
  await serveSubgraph({
    ...shop.subgraphs[name],
    name,
    port: first + index,
    host: '127.0.0.1',
    verify: async (token) => JSON.parse(Buffer.from(token, 'base64url').toString()) as Identity,
    isReady: () => true,
  });
