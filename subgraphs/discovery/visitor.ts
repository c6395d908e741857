import { createHash } from 'node:crypto';
import { Refusal } from '#platform/errors/refusal.ts';

/** What a browser makes up and keeps: long enough that nobody guesses another's. */
const KEY = /^[A-Za-z0-9_-]{20,100}$/;

/**
 * Under which names somebody's doings are kept: a customer's id, and the hash of a guest's key, so that who reads the
 * database cannot act as the guest. Whoever signs in keeps what was looked at before.
 */
export function visitorsOf(customerId: string | null, key: string | null | undefined): string[] {
  const guest = key != null && KEY.test(key) ? `guest_${createHash('sha256').update(key).digest('base64url')}` : null;
  return [customerId, guest].filter((each) => each !== null);
}

/** The one that is written under: the customer's, of one who is signed in. */
export function visitorOf(customerId: string | null, key: string | null | undefined): string {
  const [visitor] = visitorsOf(customerId, key);
  if (visitor) return visitor;
  throw new Refusal(
    'VISITOR_INVALID',
    'Sign in, or make up a key of 20 to 100 letters and digits, keep it, and pass it as visitor.',
    { path: ['input', 'visitor'] },
  );
}
