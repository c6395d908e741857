import { randomFillSync } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const pool = Buffer.alloc(4096);
let used = pool.length;

/**
 * A public id: the type's prefix and a UUIDv7 (RFC 9562) in 26 characters of Crockford base32, e.g. `ord_01JD…`.
 * Ids made later sort after earlier ones, to the millisecond.
 */
export function newId(prefix: string): string {
  if (used + 10 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const time = BigInt(Date.now());
  const a = BigInt(pool.readUInt16BE(used) & 0x0fff);
  const b = pool.readBigUInt64BE(used + 2) & 0x3fffffffffffffffn;
  used += 10;
  let bits = (time << 80n) | (0x7n << 76n) | (a << 64n) | (0x2n << 62n) | b;
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = CROCKFORD[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return `${prefix}_${text}`;
}
