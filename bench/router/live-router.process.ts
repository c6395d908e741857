import { httpTransport } from '#platform/transport/http.ts';
import { startRouter } from '#router/router.ts';
import { testSupergraph } from '#router/testing/shapes.ts';

/** Souk's router over those subgraphs: `live-router.process.ts <port> <first port of the subgraphs>`. */
const [port = '0', first = '0'] = process.argv.slice(2);
const MANY = 1_000_000;

await startRouter({
  supergraphSdl: testSupergraph(),
  transport: httpTransport({
    urls: { catalog: `http://127.0.0.1:${first}/graphql`, orders: `http://127.0.0.1:${Number(first) + 1}/graphql` },
    caller: 'router',
    sign: async (identity) => Buffer.from(JSON.stringify(identity)).toString('base64url'),
  }),
  connections: { socketsPerAddress: MANY, subscriptionsPerAddress: MANY },
  port: Number(port),
  host: '127.0.0.1',
  verifyViewer: async (authorization) => {
    const customerId = authorization.replace('Bearer ', '');
    return { customerId, scopes: [], sessionId: `ses_${customerId}` };
  },
  corsOrigins: [],
  playground: null,
  isReady: () => true,
});
