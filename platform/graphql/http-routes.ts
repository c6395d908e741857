import type { IncomingMessage, ServerResponse } from 'node:http';

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Path → handler: of exactly that path and of all below it; the longest one wins. E.g. `{ '/webhooks': … }`. */
export type HttpRoutes = Readonly<Record<string, HttpHandler>>;

/** Finds the handler of a path without its query; made once, asked for each request. */
export function routeFinder(routes: HttpRoutes): (path: string) => HttpHandler | undefined {
  const sorted = Object.entries(routes).sort(([a], [b]) => b.length - a.length);
  return (path) => sorted.find(([prefix]) => path === prefix || path.startsWith(`${prefix.replace(/\/$/, '')}/`))?.[1];
}

/** The path of a request without its query. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
