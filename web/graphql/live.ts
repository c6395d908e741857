import { type Client, createClient } from 'graphql-ws';

/** A subscription's text and id: handed over by the server, so that no document is bundled for the browser. */
export interface LiveDocument {
  readonly document: string;
  /** Sent in place of the text; null sends the text. */
  readonly documentId: string | null;
}

/** A subscription over graphql-transport-ws that outlives sleep, roaming and restarts of the API. */
export interface LiveQuery<Result> extends LiveDocument {
  readonly address: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Asked anew for each connection, since the token of a session is short-lived. */
  authorization?(): Promise<string | null>;
  onResult(result: Result): void;
  onConnection?(connected: boolean): void;
}

/** Runs until the returned function is called. Every connection begins with the present state, so nothing is missed. */
export function follow<Result>(query: LiveQuery<Result>): () => void {
  // A client closes its socket after it was stopped; what it says then is about nothing that is still shown.
  let stopped = false;
  const tell = (connected: boolean) => !stopped && query.onConnection?.(connected);
  const client = connect(query, tell);
  const { document, documentId } = query;
  const extensions = { persistedQuery: { version: 1, sha256Hash: documentId } };
  let stop = () => {};
  const open = (text: string) => {
    stop = client.subscribe<Result>(
      { query: text, variables: { ...query.variables }, ...(documentId && { extensions }) },
      {
        next: ({ data }) => data && !stopped && query.onResult(data),
        error: (reason) => {
          // A router of another build does not know the id yet.
          if (text === '' && !stopped && isUnknown(reason)) open(document);
          else tell(false);
        },
        complete: () => undefined,
      },
    );
  };
  open(documentId ? '' : document);
  return () => {
    stopped = true;
    stop();
    void client.dispose();
  };
}

const isUnknown = (reason: unknown): boolean =>
  Array.isArray(reason) && /^PERSISTED_QUERY_NOT_/.test(reason[0]?.extensions?.code ?? '');

const PONG_WITHIN_MS = 5_000;

function connect<Result>(query: LiveQuery<Result>, tell: (connected: boolean) => void): Client {
  let unanswered: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: query.address.replace(/^http/, 'ws'),
    connectionParams: async () => {
      const authorization = await query.authorization?.();
      return { 'apollographql-client-name': 'storefront', ...(authorization && { authorization }) };
    },
    keepAlive: 15_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) => pause(Math.min(500 * 2 ** retries, 10_000) * (0.5 + Math.random())),
    shouldRetry: () => true,
    on: {
      connected: () => tell(true),
      closed: () => {
        clearTimeout(unanswered);
        tell(false);
      },
      // A socket that died in a tunnel or in sleep says nothing: a ping without an answer ends it, and a new one is made.
      ping: (received) => {
        if (!received) unanswered = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(unanswered);
      },
    },
  });
  return client;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
