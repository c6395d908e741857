import { readFileSync } from 'node:fs';
import { httpTransport } from '#platform/transport/http.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { startRouter } from '#router/router.ts';
import { cannedAnswers } from './canned.ts';
import { SUBGRAPHS, type SubgraphName } from './graph.ts';

/** Souk's router: `souk.process.ts <supergraph> <port> <first port of the subgraphs> <local|http> <deduplicate>`. */
const [file = '', port = '0', first = '0', shape = 'http', deduplicate = 'false'] = process.argv.slice(2);

/** The same answers in this process; each caller gets objects of its own, as from a subgraph. */
function localCanned(): SubgraphTransport {
  const answers = Object.fromEntries(SUBGRAPHS.map((name) => [name, cannedAnswers(name)])) as Record<
    SubgraphName,
    ReturnType<typeof cannedAnswers>
  >;
  return {
    query: async (subgraph, { query, variables, operationName, body }) =>
      JSON.parse(await answers[subgraph as SubgraphName](body ?? JSON.stringify({ query, variables, operationName }))),
    subscribe: () => () => undefined,
    close: async () => undefined,
  };
}

const urls = Object.fromEntries(SUBGRAPHS.map((name, i) => [name, `http://127.0.0.1:${Number(first) + i}/graphql`]));
await startRouter({
  supergraphSdl: readFileSync(file, 'utf8'),
  transport: shape === 'local' ? localCanned() : httpTransport({ urls, caller: 'router' }),
  deduplicate: deduplicate === 'true',
  // The others estimate nothing; the estimate is made, as in production, and allows it.
  demand: { limit: 1_000_000 },
  port: Number(port),
  host: '127.0.0.1',
  verifyViewer: async () => {
    throw new Error('Nobody signs in here.');
  },
  corsOrigins: [],
  playground: null,
  isReady: () => true,
});
