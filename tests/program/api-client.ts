import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

export interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
}

/** A client of the public API, as an app has one. */
export function apiClient(routerUrl: string, accessToken?: string) {
  const authorization = accessToken ? { authorization: `Bearer ${accessToken}` } : {};
  const send = async <Data>(query: string, variables: Record<string, unknown> = {}): Promise<Answer<Data>> => {
    const response = await fetch(`${routerUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<Data>;
  };
  return {
    /** The whole answer, errors and all. */
    send,
    /** The data; rejects when there are errors. */
    async ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
      const { data, errors } = await send<Data>(query, variables);
      if (errors || !data) throw new Error(JSON.stringify(errors));
      return data;
    },
    /** Every event of a subscription until it ends, over graphql-transport-ws. */
    async *follow<Data>(query: string, variables: Record<string, unknown> = {}): AsyncGenerator<Answer<Data>> {
      const client = createClient({
        url: `${routerUrl.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: authorization,
        retryAttempts: 0,
      });
      try {
        yield* client.iterate<Data>({ query, variables }) as AsyncGenerator<Answer<Data>>;
      } finally {
        await client.dispose();
      }
    },
  };
}

export type ApiClient = ReturnType<typeof apiClient>;
