import { Refusal } from '#platform/errors/refusal.ts';
import { writtenLine } from './written-line.ts';

/** The lines of an address: how long each may be, and whether it must be there. */
const FIELDS = {
  name: { most: 200, required: true, says: 'the name' },
  line1: { most: 200, required: true, says: 'street and number' },
  line2: { most: 200, required: false, says: 'the second line' },
  city: { most: 100, required: true, says: 'the city' },
  region: { most: 100, required: false, says: 'the region' },
  postalCode: { most: 20, required: true, says: 'the postal code' },
  phone: { most: 40, required: false, says: 'the phone number' },
} as const;

type Field = keyof typeof FIELDS;
export type AddressText = { [F in Field]: (typeof FIELDS)[F]['required'] extends true ? string : string | null };
type Given = { [F in Field]?: string | null | undefined };

/** All lines of a new address, checked. */
export function newAddress(given: Given): AddressText {
  return Object.fromEntries(fieldNames.map((field) => [field, checked(field, given[field])])) as AddressText;
}

/** Only the lines that are given, checked: null empties one that may be empty. */
export function changedAddress(given: Given): Partial<AddressText> {
  const fields = fieldNames.filter((field) => given[field] !== undefined);
  return Object.fromEntries(fields.map((field) => [field, checked(field, given[field])])) as Partial<AddressText>;
}

export function requireCountry(country: string, countries: readonly string[]): string {
  if (countries.includes(country)) return country;
  throw new Refusal('ADDRESS_INVALID', `We do not deliver to ${country}. Shop.countries lists where we do.`, {
    path: ['input', 'country'],
  });
}

const fieldNames = Object.keys(FIELDS) as Field[];

function checked(field: Field, text: string | null | undefined): string | null {
  const { most, required, says } = FIELDS[field];
  const line = text == null ? '' : writtenLine(text, most);
  const refuse = (sentence: string): never => {
    throw new Refusal('ADDRESS_INVALID', sentence, { path: ['input', field] });
  };
  if (line === null) return refuse(`Write ${says} in one line of at most ${most} characters.`);
  if (line === '' && required) return refuse(`Fill in ${says}.`);
  return line || null;
}
