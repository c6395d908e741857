import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLResponse } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { DocumentNode, ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { Admission } from './admission.ts';
import type { RouterContext } from './context.ts';
import { type FormatError, plain } from './public-error.ts';

/** `x-graphql-cost: 1`, or `"extensions": { "cost": true }` in the request, has the answer tell its cost. */
const COST_HEADER = 'x-graphql-cost';

/** Leads what comes to Apollo Server, over HTTP and sockets, through the admission that subscriptions pass too. */
export const admissionPlugin = (
  admission: () => Admission,
  formatError: FormatError,
): ApolloServerPlugin<RouterContext> => ({
  async requestDidStart() {
    return {
      async didResolveSource(request) {
        const read = admission().read(request.source);
        // What is wrong with a text is said by Apollo Server, which reads it again.
        if ('document' in read) setDocument(request, read.document);
      },
      async responseForOperation(request) {
        const { document, contextValue } = request;
        const { operationName, variables = {}, extensions } = request.request;
        const { asker } = contextValue;
        const tellCost = extensions?.cost === true || asker.headers[COST_HEADER] === '1';
        const decision = await admission().admit({ document, operationName, variables, tellCost }, asker);
        if (decision.kind === 'admitted') {
          setDocument(request, decision.document);
          contextValue.admitted = decision;
          return null;
        }
        const result = decision.kind === 'refused' ? { errors: decision.errors } : decision.answer;
        return answer(publicResult(result, formatError), decision.kind === 'refused');
      },
    };
  },
});

/** Apollo Server takes the document from here; that it is read-only is said to other plugins. */
function setDocument(request: GraphQLRequestContext<RouterContext>, document: DocumentNode): void {
  (request as { document: DocumentNode }).document = document;
}

function publicResult({ data, errors = [] }: ExecutionResult, formatError: FormatError): FormattedExecutionResult {
  const formatted = errors.map((error) => formatError(error.locations ? error.toJSON() : plain(error), error));
  return { ...(formatted.length > 0 ? { errors: formatted } : {}), ...(data === undefined ? {} : { data }) };
}

function answer(singleResult: FormattedExecutionResult, isRefused: boolean): GraphQLResponse {
  const headers = new HeaderMap();
  const { code, retryAfterSeconds } = singleResult.errors?.[0]?.extensions ?? {};
  if (isRefused && code === 'RATE_LIMITED') headers.set('retry-after', String(retryAfterSeconds));
  const status = !isRefused ? 200 : code === 'RATE_LIMITED' ? 429 : 400;
  return { http: { status, headers }, body: { kind: 'single', singleResult } };
}
