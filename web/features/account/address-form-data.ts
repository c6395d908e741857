import type { DeliveryAddressInput } from '#generated/graphql.ts';

/** Name of a field to what is wrong with it. */
export type FieldErrors = Readonly<Partial<Record<string, string>>>;

/** Says of each required field that is empty what to fill in; limits and formats are the API's to judge. */
const REQUIRED = {
  name: 'Write the name for the doorbell.',
  line1: 'Write the street and the number.',
  city: 'Write the city.',
  postalCode: 'Write the postal code.',
  country: 'Choose a country.',
} as const;

export function readAddress(form: FormData): { address: DeliveryAddressInput; fieldErrors: FieldErrors } {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const address = {
    name: text('name'),
    line1: text('line1'),
    line2: text('line2') || null,
    city: text('city'),
    region: text('region') || null,
    postalCode: text('postalCode'),
    country: text('country'),
    phone: text('phone') || null,
  };
  const missing = Object.entries(REQUIRED).filter(([name]) => text(name) === '');
  return { address, fieldErrors: Object.fromEntries(missing) };
}

/** The field an API refusal is about: the last name in its path, e.g. ["input", "address", "postalCode"]. */
export function fieldOf(path: readonly string[] | null | undefined): string | undefined {
  return path?.findLast((part) => !/^\d+$/.test(part) && part !== 'input');
}
