import { Refusal } from '#platform/errors/refusal.ts';

export interface Address {
  name: string;
  line1: string;
  line2?: string | null;
  city: string;
  region?: string | null;
  postalCode: string;
  country: string;
  phone?: string | null;
}

/** One @ between something and a dotted domain: whether mail arrives is for the mail to show (RFC 5321: 254 characters). */
const EMAIL = /^[^\s@\p{Cc}\p{Cs}]{1,64}@[^\s@\p{Cc}\p{Cs}]+\.[^\s@\p{Cc}\p{Cs}]{2,}$/u;

export function checkedEmail(email: string): string {
  const trimmed = email.trim();
  if (trimmed.length <= 254 && EMAIL.test(trimmed)) return trimmed;
  throw new Refusal('EMAIL_INVALID', 'This is no e-mail address; write it like ada@example.com.', {
    path: ['input', 'email'],
  });
}

const LIMITS = { name: 200, line1: 200, line2: 200, city: 120, region: 120, postalCode: 20, phone: 40 } as const;
const NEEDED = ['name', 'line1', 'city', 'postalCode'] as const;
const NAMES = {
  name: 'name',
  line1: 'street and number',
  line2: 'second line',
  city: 'city',
  region: 'region',
  postalCode: 'postal code',
  phone: 'phone',
};

/** Trimmed, with what is needed, within what fits on a label. `field` is where it stands in the input. */
export function checkedAddress(address: Address, field: string): Required<Address> {
  const result = { country: address.country } as Required<Address>;
  for (const key of Object.keys(LIMITS) as (keyof typeof LIMITS)[]) {
    const text = address[key]?.trim() || null;
    const path = ['input', field, key];
    if (!text && (NEEDED as readonly string[]).includes(key))
      throw new Refusal('ADDRESS_INVALID', `The address needs a ${NAMES[key]}.`, { path });
    if (text && text.length > LIMITS[key])
      throw new Refusal('ADDRESS_INVALID', `The ${NAMES[key]} may have ${LIMITS[key]} characters.`, { path });
    if (text && /[\p{Cc}\p{Cs}]/u.test(text))
      throw new Refusal('ADDRESS_INVALID', `The ${NAMES[key]} holds characters that cannot be printed.`, { path });
    Object.assign(result, { [key]: text });
  }
  return result;
}
