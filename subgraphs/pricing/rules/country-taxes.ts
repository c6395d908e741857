import type { Tax } from './price-cart.ts';

/** A tax of a country from a day on; `categoryId` is empty for its standard rate. */
export interface TaxRow extends Tax {
  readonly country: string;
  readonly categoryId: string;
  readonly included: boolean;
}

/** The taxes of a country. */
export interface CountryTaxes {
  /** Null where only some goods are taxed. */
  readonly standard: Tax | null;
  readonly byCategory: ReadonlyMap<string, Tax>;
  /** Whether prices contain them. */
  readonly included: boolean;
}

/** By country; of rows of one country and category the last counts. */
export function countryTaxes(rows: readonly TaxRow[]): ReadonlyMap<string, CountryTaxes> {
  const countries = new Map<string, Map<string, TaxRow>>();
  for (const row of rows) {
    const known = countries.get(row.country) ?? new Map<string, TaxRow>();
    countries.set(row.country, known.set(row.categoryId, row));
  }
  return new Map([...countries].map(([country, taxes]) => [country, taxesFrom(taxes)]));
}

function taxesFrom(taxes: ReadonlyMap<string, TaxRow>): CountryTaxes {
  const standard = taxes.get('');
  const byCategory = new Map([...taxes].filter(([id]) => id).map(([id, row]) => [id, taxFrom(row)]));
  return { standard: standard ? taxFrom(standard) : null, byCategory, included: standard?.included ?? true };
}

const taxFrom = ({ title, rate }: TaxRow): Tax => ({ title, rate });

/** The tax on goods: that of the nearest category that has one, else the standard rate. */
export function taxOfGoods({ standard, byCategory }: CountryTaxes, categoryIds: readonly string[]): Tax | null {
  if (byCategory.size === 0) return standard;
  const nearest = categoryIds.find((id) => byCategory.has(id));
  return nearest === undefined ? standard : byCategory.get(nearest)!;
}
