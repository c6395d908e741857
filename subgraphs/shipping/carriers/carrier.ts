import type { IncomingHttpHeaders } from 'node:http';
import type { Said } from '../dispatch/dispatch.ts';
import type { Route } from '../rules/parcel-route.ts';

/** How a parcel begins its way. */
export interface Consignment {
  /** Who moves it: `demo`, the key of a carrier, or null for staff, by hand. */
  carriedBy: string | null;
  /** Whom the shopper is shown. */
  carrier: string | null;
  trackingNumber: string | null;
  /** The demo carrier's way, for the map. */
  route: Route | null;
  /** When the demo carrier fetches it, in milliseconds from now. */
  fetchedInMs: number | null;
  /** Whether a carrier over the network has yet to take it. */
  toBeTaken: boolean;
}

/** What a carrier has to know of a parcel. */
export interface ParcelToCarry {
  fulfillmentId: string;
  /** Printed on the label. */
  orderNumber: string;
  to: {
    name: string;
    line1: string;
    line2: string | null;
    city: string;
    region: string | null;
    postalCode: string;
    country: string;
    phone: string | null;
    email: string;
  };
  weightGrams: number;
}

/** A parcel that a carrier took. */
export interface Taken {
  /** Who really carries it, e.g. `DHLExpress`. */
  carrier: string;
  trackingNumber: string;
  trackingUrl: string | null;
  estimatedDelivery: Date | null;
}

/** Where a parcel is, in our words. Carriers send all that they know, again and in any order. */
export interface CarrierNews {
  /** Of the webhook that told it: told again, it is old news. Null where the carrier was asked. */
  eventId: string | null;
  ref: string;
  said: Said[];
  estimatedDelivery: Date | null;
  /** What staff should look at, such as a parcel on its way back. */
  trouble: string | null;
}

export interface CarrierWebhook {
  method: string;
  headers: IncomingHttpHeaders;
  /** As it came: signatures are over bytes. */
  body: Buffer;
  now: Date;
}

/**
 * A carrier over the network. Each call may fail with `CarrierTrouble`, and may have taken effect all the same: all are
 * therefore repeatable. What is written down between `register` and `take` is the reference, so that nothing that was
 * paid for is ever lost sight of.
 */
export interface Carrier {
  /** In our tables and in the webhook's path. */
  readonly key: string;
  readonly name: string;
  /** Makes a parcel known under its fulfillment id, and answers the carrier's reference. Costs nothing. */
  register(parcel: ParcelToCarry): Promise<string>;
  /** Buys its way, once however often it is asked; `days` is what the shopper was told at most. */
  take(ref: string, days: number): Promise<Taken>;
  /** Gives back what was bought, if anything was. */
  cancel(ref: string): Promise<void>;
  /** A PDF. */
  label(ref: string): Promise<Buffer>;
  /** What a webhook should have said: asked now and then, in case one got lost. */
  track(ref: string): Promise<CarrierNews>;
  /** Throws `ForgedWebhook` unless it was signed by the carrier just now; null for news that we have no use for. */
  readWebhook(webhook: CarrierWebhook): CarrierNews | null;
}

/** A carrier did not do what it was asked; its message says why, for staff. */
export class CarrierTrouble extends Error {
  override readonly name = 'CarrierTrouble';
}

/** A webhook that the carrier did not send, or not now. */
export class ForgedWebhook extends Error {
  override readonly name = 'ForgedWebhook';
}
