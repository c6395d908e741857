import type { Identity } from '#platform/auth/viewer.ts';

/** What one request carries through the gateway to the subgraphs. */
export interface RouterContext {
  readonly identity: Identity;
  /** Subgraphs that could not be reached in this request: the client is told once of each. */
  readonly unavailable: Set<string>;
}

export const contextOf = (identity: Identity): RouterContext => ({ identity, unavailable: new Set() });
