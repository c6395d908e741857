import { createHmac } from 'node:crypto';
import { deriveKey } from '#platform/auth/keys.config.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** The code of a card that was issued under this key: the same at every repetition, 80 bits, and kept nowhere. */
export function giftCode(issueKey: string): string {
  const bytes = createHmac('sha256', deriveKey('gift-card-codes')).update(issueKey).digest();
  const text = Array.from(bytes.subarray(0, LENGTH), (byte) => CROCKFORD[byte & 31]).join('');
  return text.match(/.{4}/g)!.join('-');
}

/** As shoppers type it: in any case, with or without hyphens and spaces, with O for 0 and I or L for 1. */
export const normalGiftCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .slice(0, 2 * LENGTH);

/** Under what a card is found by its code. */
export const giftCodeHash = (typed: string): string =>
  createHmac('sha256', deriveKey('gift-card-hashes')).update(normalGiftCode(typed)).digest('base64url');
