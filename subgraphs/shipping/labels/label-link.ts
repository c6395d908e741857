import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '#platform/auth/keys.config.ts';
import { shippingConfig } from '../config.ts';

const VALID_MS = 600_000;

/** Where a parcel's label is for ten minutes: whoever has the link sees an address, so it is made for staff only. */
export const labelUrlOf = (fulfillmentId: string, now = Date.now()): string =>
  `${shippingConfig.publicUrl}/labels/${fulfillmentId}.pdf?grant=${makeLabelGrant(fulfillmentId, now)}`;

export function makeLabelGrant(fulfillmentId: string, now = Date.now()): string {
  const expires = (now + VALID_MS).toString(36);
  return `${expires}.${sign(fulfillmentId, expires)}`;
}

export function isLabelGranted(fulfillmentId: string, grant: string, now = Date.now()): boolean {
  const [expires, signature] = grant.split('.');
  if (!expires || !signature) return false;
  // Written so that a time which is none is refused too.
  if (!(Number.parseInt(expires, 36) >= now)) return false;
  const expected = Buffer.from(sign(fulfillmentId, expires));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const sign = (fulfillmentId: string, expires: string): string =>
  createHmac('sha256', deriveKey('label-grant')).update(`${fulfillmentId}.${expires}`).digest('base64url');
