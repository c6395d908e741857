import { type Money, money } from '#platform/money/money.ts';

/** What is sent: grams, and minor units of the cart's currency. */
export interface Parcel {
  country: string;
  /** As the shopper wrote it. */
  region: string | null;
  weightGrams: number;
  subtotal: Money;
}

export interface Offer {
  id: string;
  title: string;
  price: Money;
  estimatedDays: { min: number; max: number };
}

/** What a delivery costs in a zone; money in minor units of its own currency. */
export interface Rate {
  readonly optionId: string;
  readonly title: string;
  readonly currency: string;
  readonly price: bigint;
  /** From this subtotal on the price is 0; a surcharge for weight stays. */
  readonly freeFrom: bigint | null;
  readonly minimumSubtotal: bigint | null;
  readonly minimumGrams: number | null;
  readonly maximumGrams: number | null;
  /** For each `perGrams` begun above `aboveGrams`. */
  readonly surcharge: { readonly amount: bigint; readonly aboveGrams: number; readonly perGrams: number } | null;
  readonly days: { readonly min: number; readonly max: number };
}

/** Rates by place: `DE`, or `ES-CANARIAS` where a region has its own. */
export type RatesByPlace = ReadonlyMap<string, readonly Rate[]>;

export const placeKey = (country: string, region: string): string => (region ? `${country}-${region}` : country);

/** How regions are compared: shoppers write them in any case, with spaces around. */
export const normalRegion = (region: string): string => region.trim().normalize('NFC').toUpperCase();

/** An amount of the rates in the currency of the parcel's worth. */
export type Exchanging = (amount: Money) => Money;

/**
 * What can be chosen for a parcel, in the order of the zone's rates: of an option's rates that fit its weight and worth
 * the cheapest. Nothing outside every zone.
 */
export function deliveryOffers(
  rates: RatesByPlace,
  { country, region, weightGrams, subtotal }: Parcel,
  exchange: Exchanging = (amount) => amount,
): Offer[] {
  const inParcels = (amount: bigint, { currency }: Rate) => exchange(money(amount, currency)).minor;
  const ofRegion = region ? rates.get(placeKey(country, normalRegion(region))) : undefined;
  const fitting = (ofRegion ?? rates.get(country) ?? [])
    .map((rate) => exchangedRate(rate, subtotal.currency, inParcels))
    .filter((rate) => fits(rate, weightGrams, subtotal));
  const offers = new Map<string, Offer>();
  for (const rate of fitting) {
    const { optionId, title, days } = rate;
    const price = priceOf(rate, weightGrams, subtotal);
    const known = offers.get(optionId);
    if (known && known.price.minor <= price.minor) continue;
    offers.set(optionId, { id: optionId, title, price, estimatedDays: { ...days } });
  }
  return [...offers.values()];
}

function exchangedRate(rate: Rate, currency: string, amount: (minor: bigint, rate: Rate) => bigint): Rate {
  if (rate.currency === currency) return rate;
  const { price, freeFrom, minimumSubtotal, surcharge } = rate;
  return {
    ...{ ...rate, currency, price: amount(price, rate) },
    freeFrom: freeFrom === null ? null : amount(freeFrom, rate),
    minimumSubtotal: minimumSubtotal === null ? null : amount(minimumSubtotal, rate),
    surcharge: surcharge && { ...surcharge, amount: amount(surcharge.amount, rate) },
  };
}

const fits = ({ minimumSubtotal, minimumGrams, maximumGrams }: Rate, grams: number, subtotal: Money) =>
  subtotal.minor >= (minimumSubtotal ?? 0n) &&
  grams >= (minimumGrams ?? 0) &&
  grams <= (maximumGrams ?? Number.POSITIVE_INFINITY);

function priceOf({ currency, price, freeFrom, surcharge }: Rate, grams: number, subtotal: Money): Money {
  const base = freeFrom !== null && subtotal.minor >= freeFrom ? 0n : price;
  if (!surcharge) return money(base, currency);
  const steps = Math.max(0, Math.ceil((grams - surcharge.aboveGrams) / surcharge.perGrams));
  return money(base + BigInt(steps) * surcharge.amount, currency);
}
