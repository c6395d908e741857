/** Who looks: a signed-in customer or member of staff. A guest is `null`. */
export interface Viewer {
  /** `cus_…` */
  readonly customerId: string;
  /** e.g. `orders:read`; customers have none. */
  readonly scopes: readonly string[];
  /** The session the access token belongs to. */
  readonly sessionId: string;
}

/** What one part tells another about a request: for whom it asks, and who itself is. */
export interface Identity {
  readonly viewer: Viewer | null;
  /** `router`, `server`, or the name of a subgraph; internal fields answer subgraphs and the server only. */
  readonly caller: string;
}
