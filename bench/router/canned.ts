import { execute, parse } from 'graphql';
import { type SubgraphName, subgraphSchema } from './graph.ts';

/** Answers of one subgraph: made by graphql-js once for each body, then repeated, so that gateways are what is measured. */
export function cannedAnswers(name: SubgraphName): (body: string) => Promise<string> {
  const schema = subgraphSchema(name);
  const known = new Map<string, string>();
  return async (body) => {
    let answer = known.get(body);
    if (answer === undefined) {
      const { query, variables, operationName } = JSON.parse(body);
      answer = JSON.stringify(
        await execute({ schema, document: parse(query), variableValues: variables, operationName }),
      );
      known.set(body, answer);
    }
    return answer;
  };
}
