import { type HttpTransportOptions, httpTransport } from '#platform/transport/http.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import type { UpstreamOptions } from './settings.ts';

/** Remote subgraphs, by name and address. Headers and deduplication are the router's: see `RouterOptions`. */
export const remoteTransport = (
  urls: Readonly<Record<string, string>>,
  { all, subgraphs }: UpstreamOptions,
  sockets: Pick<HttpTransportOptions, 'socketUrls' | 'reconnections'> = {},
): SubgraphTransport => httpTransport({ urls, ...sockets, caller: 'router', policy: all, policies: subgraphs });
