import { shippingConfig } from '../config.ts';
import type { Carrier, Consignment } from './carrier.ts';
import { demoCarrier } from './demo-carrier.ts';
import { easyPost } from './easypost-carrier.ts';

/** The carrier over the network that this shop has an account with, if it has. */
export const shopCarrier: Carrier | null = shippingConfig.easyPost ? easyPost(shippingConfig.easyPost) : null;

export const carrierOf = (key: string | null): Carrier | null =>
  shopCarrier !== null && shopCarrier.key === key ? shopCarrier : null;

/** How a parcel begins its way with the carrier that the shop chose. */
export function consign(country: string, city: string): Consignment {
  if (!shopCarrier || shopCarrier.key !== shippingConfig.carrier) return demoCarrier.take(country, city);
  return {
    ...{ carriedBy: shopCarrier.key, carrier: shopCarrier.name, trackingNumber: null },
    ...{ route: null, fetchedInMs: null, toBeTaken: true },
  };
}

/** A parcel that staff carries to somebody, and moves by hand. */
export const byHand = (carrier: string | null, trackingNumber: string | null): Consignment => ({
  ...{ carriedBy: null, carrier, trackingNumber },
  ...{ route: null, fetchedInMs: null, toBeTaken: false },
});
