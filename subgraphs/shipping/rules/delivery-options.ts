import { type Money, money } from '#platform/money/money.ts';

/** What is sent: grams, and minor units of the shop's currency. */
export interface Parcel {
  country: string;
  weightGrams: number;
  subtotal: Money;
}

export interface Offer {
  id: string;
  title: string;
  price: Money;
  estimatedDays: { min: number; max: number };
}

interface Rate {
  id: string;
  title: string;
  /** Minor units, up to ten kilograms. */
  price: bigint;
  /** From this subtotal on it costs nothing. */
  freeFrom?: bigint;
  days: readonly [number, number];
}

const CURRENCY = 'EUR';
const HOME = 'DE';
const HOME_RATES: readonly Rate[] = [
  { id: 'standard', title: 'Standard delivery', price: 490n, freeFrom: 5_000n, days: [2, 3] },
  { id: 'express', title: 'Express delivery', price: 990n, days: [1, 1] },
];
const EU_RATES: readonly Rate[] = [
  { id: 'standard', title: 'Standard delivery', price: 990n, freeFrom: 15_000n, days: [3, 6] },
  { id: 'express', title: 'Express delivery', price: 1_990n, days: [1, 3] },
];
/** The other members of the European Union: elsewhere duties would be due, and we do not deliver yet. */
const EU = 'AT BE BG CY CZ DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

/** For each ten kilograms begun after the first. */
const HEAVY_SURCHARGE = 600n;
const HEAVY_STEP_GRAMS = 10_000;

/** What can be chosen for a parcel, cheapest first; nothing where we do not deliver, or in money we have no rates in. */
export function deliveryOffers({ country, weightGrams, subtotal }: Parcel): Offer[] {
  const rates = subtotal.currency === CURRENCY ? ratesOf(country) : [];
  const steps = BigInt(Math.max(0, Math.ceil(weightGrams / HEAVY_STEP_GRAMS) - 1));
  return rates.map(({ id, title, price, freeFrom, days: [min, max] }) => {
    const free = freeFrom !== undefined && subtotal.minor >= freeFrom;
    return {
      id,
      title,
      price: money((free ? 0n : price) + steps * HEAVY_SURCHARGE, subtotal.currency),
      estimatedDays: { min, max },
    };
  });
}

const ratesOf = (country: string): readonly Rate[] =>
  country === HOME ? HOME_RATES : EU.includes(country) ? EU_RATES : [];
