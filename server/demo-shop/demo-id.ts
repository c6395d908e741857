import { createHash } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * An id of the usual form (a UUIDv7 in Crockford's base32) that is the same at every filling: its time is `at`, its
 * rest comes from the name. So a filling that was killed goes on, and parts that fill apart agree.
 */
export function demoId(prefix: string, name: string, at: Date): string {
  const digest = createHash('sha256').update(`${prefix} ${name}`).digest();
  const a = BigInt(digest.readUInt16BE(0) & 0x0fff);
  const b = digest.readBigUInt64BE(2) & 0x3fffffffffffffffn;
  const bits = (BigInt(at.getTime()) << 80n) | (0x7n << 76n) | (a << 64n) | (0x2n << 62n) | b;
  return `${prefix}_${Array.from({ length: 26 }, (_, i) => CROCKFORD[Number((bits >> BigInt(5 * (25 - i))) & 31n)]).join('')}`;
}

const OPENED_AT = Date.UTC(2026, 8, 1, 8);
const YEAR_MS = 365 * 24 * 3_600_000;

/** When a thing came into the shop: some day of its first year, so that the newest are not all of one kind. */
export function demoDate(name: string): Date {
  const share = createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;
  return new Date(OPENED_AT - Math.floor(share * YEAR_MS));
}

export const SHOP_OPENED = new Date(OPENED_AT - YEAR_MS);
