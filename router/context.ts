import type { Identity } from '#platform/auth/viewer.ts';
import type { Admitted } from './admission.ts';
import type { Verified } from './viewers.ts';

/** Who asks, as far as it decides on what may be asked. */
export interface Asker extends Verified {
  /** The address that the request came from, where it is known. */
  readonly address: string | undefined;
}

/** What one request carries through the gateway to the subgraphs. */
export interface RouterContext {
  readonly identity: Identity;
  readonly asker: Asker;
  /** Subgraphs that could not be reached in this request: the client is told once of each. */
  readonly unavailable: Set<string>;
  /** Stands from the moment that the operation has been admitted. */
  admitted?: Admitted;
}

export const contextOf = (asker: Asker): RouterContext => ({
  identity: asker.identity,
  asker,
  unavailable: new Set(),
});
