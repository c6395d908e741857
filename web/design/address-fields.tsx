import { countryName } from './countries.ts';
import { SelectField, TextField } from './field.tsx';

export interface AddressValues {
  readonly name?: string | null;
  readonly line1?: string | null;
  readonly line2?: string | null;
  readonly city?: string | null;
  readonly postalCode?: string | null;
  readonly country?: string | null;
  readonly phone?: string | null;
}

interface AddressFieldsProps {
  readonly values: AddressValues;
  readonly errors: Readonly<Partial<Record<string, string>>>;
  readonly countries: readonly string[];
  /** Tells apart several such forms on one page. */
  readonly scope?: string;
}

/** A postal address, with names that browsers fill in by themselves. */
export function AddressFields({ values, errors, countries, scope = '' }: AddressFieldsProps) {
  const field = (name: keyof AddressValues) => ({
    name,
    id: scope + name,
    defaultValue: values[name] ?? '',
    error: errors[name],
  });
  return (
    <div className="grid grid-cols-6 gap-x-4 gap-y-5">
      <TextField className="col-span-6" label="Full name" autoComplete="name" maxLength={200} {...field('name')} />
      <TextField
        className="col-span-6"
        label="Street and number"
        autoComplete="address-line1"
        maxLength={200}
        {...field('line1')}
      />
      <TextField
        className="col-span-6"
        label="Floor, company, c/o"
        autoComplete="address-line2"
        maxLength={200}
        required={false}
        {...field('line2')}
      />
      <TextField
        className="col-span-2"
        label="Postal code"
        autoComplete="postal-code"
        maxLength={20}
        {...field('postalCode')}
      />
      <TextField className="col-span-4" label="City" autoComplete="address-level2" maxLength={100} {...field('city')} />
      <SelectField
        // React resets a form after its action, and a select to its first default: a new one starts at the right country.
        key={values.country}
        className="col-span-6"
        label="Country"
        autoComplete="country"
        {...field('country')}
        defaultValue={values.country ?? countries[0]}
      >
        {countries.map((code) => (
          <option key={code} value={code}>
            {countryName(code)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
