import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '#platform/auth/keys.config.ts';

const VALID_MS = 120_000;

/**
 * Says for two minutes that whoever holds it may see the order: `orders` puts it into an Order it has checked, and
 * payments and shipping, which `@require` it, need not ask again.
 */
export function makeAccessGrant(orderId: string, now = Date.now()): string {
  const expires = (now + VALID_MS).toString(36);
  return `${expires}.${sign(orderId, expires)}`;
}

export function isAccessGranted(orderId: string, grant: string | null | undefined, now = Date.now()): boolean {
  const [expires, signature] = grant?.split('.') ?? [];
  if (!expires || !signature || Number.parseInt(expires, 36) < now) return false;
  const expected = Buffer.from(sign(orderId, expires));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const sign = (orderId: string, expires: string): string =>
  createHmac('sha256', deriveKey('order-access-grant')).update(`${orderId}.${expires}`).digest('base64url');
