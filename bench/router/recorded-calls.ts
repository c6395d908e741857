import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { parse } from 'graphql';
import type { RouterContext } from '#router/context.ts';
import type { DataSource } from '#router/data-source.ts';
import { compileOperation } from '#router/execution/compiled-operation.ts';
import { loadSupergraph } from '#router/supergraph.ts';
import { cannedAnswers } from './canned.ts';
import { DEEP, SUBGRAPHS, type SubgraphName } from './graph.ts';
import type { Call } from './limits.process.ts';

/** Executes the deep question by the gateway's executor and by ours, and tells what each asked, and the answer. */
export async function recordedCalls(supergraphSdl: string, urlOf: (name: SubgraphName) => string) {
  const source = (name: SubgraphName, calls: Call[]) => {
    const answerTo = cannedAnswers(name);
    return {
      process: async ({ request }: { request: { query?: string; variables?: object; operationName?: string } }) => {
        const { query, variables, operationName } = request;
        const body = JSON.stringify({ query, variables, operationName });
        calls.push({ url: urlOf(name), body });
        return JSON.parse(await answerTo(body));
      },
    };
  };
  const calls: { stock: Call[]; souk: Call[] } = { stock: [], souk: [] };
  const document = parse(DEEP.query);

  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => source(name as SubgraphName, calls.stock) as unknown as GraphQLDataSource,
  });
  const { executor } = await gateway.load();
  const request = { request: { query: DEEP.query }, document, queryHash: 'deep', context: {}, metrics: {} };
  const stock = await executor?.(request as unknown as Parameters<NonNullable<typeof executor>>[0]);
  await gateway.stop();

  const services = Object.fromEntries(
    SUBGRAPHS.map((name) => [name, source(name, calls.souk) as unknown as DataSource]),
  );
  const souk = await compileOperation(loadSupergraph(supergraphSdl), document, undefined).execute({
    services,
    context: {} as RouterContext,
    variables: undefined,
  });
  return { calls, answer: JSON.stringify(souk), stockAnswer: JSON.stringify(stock) };
}
