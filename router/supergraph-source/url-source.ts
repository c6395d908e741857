import { ConfigError } from '#platform/config/config-error.ts';
import type { SupergraphSource } from './supergraph-source.ts';

export interface UrlSourceOptions {
  readonly everyMs: number;
  readonly timeoutMs: number;
  /** E.g. `authorization`. */
  readonly headers: Readonly<Record<string, string>>;
}

const MOST_BYTES = 64 << 20;

/** A URL that answers SDL, asked again and again; an `ETag` that it sends spares the answer. */
export function urlSource(url: string, { everyMs, timeoutMs, headers }: UrlSourceOptions): SupergraphSource {
  const { username, password, host, pathname } = new URL(url);
  const name = `${host}${pathname}`;
  const authorization: Record<string, string> = username
    ? {
        authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`,
      }
    : {};
  const address = new URL(url);
  address.username = '';
  address.password = '';
  let etag: string | null = null;
  let known: string | undefined;

  return {
    name,
    everyMs,
    async look() {
      const response = await fetch(address, {
        headers: {
          accept: 'text/plain, application/graphql',
          ...authorization,
          ...headers,
          ...(etag ? { 'if-none-match': etag } : {}),
        },
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: Error) => {
        throw new ConfigError(`${name} cannot be reached (${reasonOf(error)}): look whether it is up.`);
      });
      if (response.status === 304) return null;
      if (!response.ok) throw new ConfigError(`${name} answers ${response.status}: look at its address and headers.`);
      if (Number(response.headers.get('content-length') ?? 0) > MOST_BYTES)
        throw new ConfigError(`${name} answers more than ${MOST_BYTES} bytes: it cannot be a supergraph.`);
      const sdl = await response.text();
      etag = response.headers.get('etag');
      if (sdl === known) return null;
      known = sdl;
      return sdl;
    },
  };
}

const reasonOf = (error: Error & { cause?: unknown }): string =>
  error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : error.name;
