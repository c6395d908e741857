import { Refusal } from '#platform/errors/refusal.ts';

/**
 * What browsers take as an e-mail address (WHATWG HTML, "valid e-mail address"), with a dot in its domain. Without the
 * flag u: by that one a letter such as the Kelvin sign would count as its small ASCII twin.
 */
const FORM =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/i;
/** RFC 5321 leaves 254 characters for an address. */
const MAX_LENGTH = 254;

/** An address as it is stored and compared; null when it is none. */
export function normalizeEmail(text: string): string | null {
  if (text.length > 2 * MAX_LENGTH) return null;
  const email = text.trim();
  return email.length <= MAX_LENGTH && FORM.test(email) ? email.toLowerCase() : null;
}

export function requireEmail(text: string): string {
  const email = normalizeEmail(text);
  if (email) return email;
  throw new Refusal('EMAIL_INVALID', 'This is no e-mail address. Write it like ada@example.com.', {
    path: ['input', 'email'],
  });
}
