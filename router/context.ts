import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from '#platform/auth/viewer.ts';
import type { Admitted } from './admission.ts';
import type { FetchPolicies } from './caching/fetch-policies.ts';
import type { RequestRecord } from './telemetry/request-record.ts';
import type { Verified } from './viewers.ts';

/** Who asks, as far as it decides on what may be asked. */
export interface Asker extends Verified {
  /** The address that the request came from, where it is known. */
  readonly address: string | undefined;
  /** Of the request, or of the one that opened the socket: what the header rules choose from. */
  readonly headers: IncomingHttpHeaders;
}

/** What one request carries through the gateway to the subgraphs. */
export interface RouterContext {
  readonly identity: Identity;
  readonly asker: Asker;
  /** Subgraphs that could not be reached in this request: the client is told once of each. */
  readonly unavailable: Set<string>;
  /** What the log and the metrics will tell of it; null for an event of a subscription. */
  readonly record: RequestRecord | null;
  /** How long its answer may be kept; null for what is always asked anew, as events of a subscription. */
  readonly policies: FetchPolicies | null;
  /** Stands from the moment that the operation has been admitted. */
  admitted?: Admitted;
}

export const contextOf = (
  asker: Asker,
  record: RequestRecord | null = null,
  policies: FetchPolicies | null = null,
): RouterContext => ({
  identity: asker.identity,
  asker,
  unavailable: new Set(),
  record,
  policies,
});
