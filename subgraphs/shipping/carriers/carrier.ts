import type { Running } from '#platform/subgraph/subgraph.ts';
import type { Route } from '../rules/parcel-route.ts';

/** What a carrier says of a parcel it takes. */
export interface Consignment {
  trackingNumber: string;
  /** Where it will pass, for the map. */
  route: Route;
  /** When it is fetched, in milliseconds from now. */
  fetchedInMs: number;
}

/** Who carries parcels, and tells where they are by changing their fulfillments. */
export interface Carrier {
  readonly name: string;
  consign(destination: { country: string; city: string }): Consignment;
  /** Follows its parcels until it is stopped. */
  startWork(): Running;
}
