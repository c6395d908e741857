import type { ApolloServerPlugin } from '@apollo/server';
import type { RouterContext } from '../context.ts';
import type { RouterLog } from '../log.ts';
import { report } from './recorded-http.ts';

/** Notes in a request's record what only Apollo Server knows of it; over HTTP the record is told when the answer is out. */
export const requestPlugin = (log: RouterLog): ApolloServerPlugin<RouterContext> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ contextValue: { record }, operation, operationName, queryHash }) {
        if (!record || !operation) return;
        record.operation = { name: operationName, kind: operation.operation };
        record.hash = queryHash;
      },
      async willSendResponse({ contextValue: { record }, response: { body, http } }) {
        if (!record) return;
        if (body.kind === 'single')
          for (const { extensions } of body.singleResult.errors ?? [])
            record.codes.add(typeof extensions?.code === 'string' ? extensions.code : 'INTERNAL');
        if (record.protocol === 'websocket') report(log, record, null, http.status ?? 200);
      },
    };
  },
});
