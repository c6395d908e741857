import { shippingConfig } from '../config.ts';
import type { Carrier, Consignment } from './carrier.ts';
import { demoCarrier } from './demo-carrier.ts';
import { easyPost } from './easypost-carrier.ts';

/** The carriers over the network that this shop has an account with. */
const CARRIERS: ReadonlyMap<string, Carrier> = new Map(
  shippingConfig.easyPost ? [['easypost', easyPost(shippingConfig.easyPost)]] : [],
);

export const carrierOf = (key: string | null): Carrier | null => (key === null ? null : (CARRIERS.get(key) ?? null));

/** How a parcel begins its way with the shop's own carrier. */
export function consign(country: string, city: string): Consignment {
  const [carrier] = CARRIERS.values();
  if (!carrier) return demoCarrier.take(country, city);
  return {
    ...{ carriedBy: carrier.key, carrier: carrier.name, trackingNumber: null },
    ...{ route: null, fetchedInMs: null, toBeTaken: true },
  };
}

/** A parcel that staff carries to somebody, and moves by hand. */
export const byHand = (carrier: string | null, trackingNumber: string | null): Consignment => ({
  ...{ carriedBy: null, carrier, trackingNumber },
  ...{ route: null, fetchedInMs: null, toBeTaken: false },
});
