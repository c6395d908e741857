import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';

/** A client of the router that keeps what it hears. */
export interface Subscriber {
  // biome-ignore lint/suspicious/noExplicitAny: tests compare it whole.
  readonly heard: any[];
  /** Resolves when the operation ends: `complete`, or what it failed with. */
  readonly ended: Promise<unknown>;
  stop(): void;
}

export function openClient(url: string, connectionParams: Record<string, unknown> = {}): Client {
  return createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  });
}

export function subscribe(client: Client, query: string, variables: Record<string, unknown> = {}): Subscriber {
  const heard: unknown[] = [];
  let stop = () => {};
  const ended = new Promise<unknown>((resolve) => {
    stop = client.subscribe(
      { query, variables },
      {
        next: (result) => heard.push(result),
        error: resolve,
        complete: () => resolve('complete'),
      },
    );
  });
  return { heard, ended, stop: () => stop() };
}

/** Waits until the condition holds; fails after ten seconds, since tests share a busy machine. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
