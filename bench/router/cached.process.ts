import { readFileSync } from 'node:fs';
import { startRouter } from '#router/router.ts';
import { cannedAnswers } from './canned.ts';
import type { SubgraphName } from './graph.ts';

/** Souk's router over subgraphs whose answers may be kept by everybody: `cached.process.ts <supergraph> <port>`. */
const [file = '', port = '0'] = process.argv.slice(2);
const answers = new Map<string, ReturnType<typeof cannedAnswers>>();

await startRouter({
  supergraphSdl: readFileSync(file, 'utf8'),
  transport: {
    async query(subgraph, { query, variables, operationName, body }) {
      const answer = answers.get(subgraph) ?? cannedAnswers(subgraph as SubgraphName);
      answers.set(subgraph, answer);
      const result = JSON.parse(await answer(body ?? JSON.stringify({ query, variables, operationName })));
      return { ...result, cachePolicy: { maxAgeSeconds: 3_600, scope: 'PUBLIC', explicit: true } };
    },
    subscribe: () => () => undefined,
    close: async () => undefined,
  },
  demand: { limit: 1_000_000 },
  caching: { tellCache: true },
  port: Number(port),
  host: '127.0.0.1',
  verifyViewer: async () => {
    throw new Error('Nobody signs in here.');
  },
  corsOrigins: [],
  playground: null,
  isReady: () => true,
});
