import { Refusal } from '#platform/errors/refusal.ts';
import { parseDecimal } from '#platform/money/money.ts';
import { normalRegion, placeKey, type Rate } from './delivery-options.ts';

interface Amount {
  readonly amount: string;
  readonly currency: string;
}

export interface PlaceWish {
  readonly country: string;
  readonly region?: string | null | undefined;
}

export interface RateWish {
  readonly optionId: string;
  readonly title: string;
  readonly price: Amount;
  readonly freeFrom?: Amount | null | undefined;
  readonly minimumSubtotal?: Amount | null | undefined;
  readonly minimumWeightGrams?: number | null | undefined;
  readonly maximumWeightGrams?: number | null | undefined;
  readonly surcharge?:
    | { readonly amount: Amount; readonly aboveGrams: number; readonly perGrams: number }
    | null
    | undefined;
  readonly estimatedDays: { readonly min: number; readonly max: number };
}

export interface ZoneWish {
  readonly name: string;
  readonly places: readonly PlaceWish[];
  readonly rates: readonly RateWish[];
}

export interface NewZone {
  readonly name: string;
  readonly places: readonly { readonly country: string; readonly region: string }[];
  readonly rates: readonly Rate[];
}

const UNWRITABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
const OPTION_ID = /^[a-z][a-z0-9-]{0,39}$/;
const MOST = { text: 100, places: 300, rates: 50, days: 365, grams: 2_000_000_000 };

/** A zone as it is stored. Throws a `Refusal` that names the field and the mend; `currency` is the shop's. */
export function newDeliveryZone(wish: ZoneWish, currency: string): NewZone {
  const name = written(wish.name);
  if (!name) throw refused('NAME_INVALID', ['name'], `Write a name in one line of at most ${MOST.text} characters.`);
  if (wish.rates.length > MOST.rates)
    throw refused('RATE_INVALID', ['rates'], `A zone has at most ${MOST.rates} rates.`);
  return {
    name,
    places: placesOf(wish.places),
    rates: wish.rates.map((rate, i) => rateOf(rate, currency, ['rates', String(i)])),
  };
}

function placesOf(places: readonly PlaceWish[]): NewZone['places'] {
  if (places.length === 0 || places.length > MOST.places)
    throw refused('PLACE_INVALID', ['places'], `A zone has 1 to ${MOST.places} places.`);
  const seen = new Set<string>();
  return places.map(({ country, region }, i) => {
    const path = ['places', String(i)];
    const place = { country, region: region == null ? '' : normalRegion(region) };
    if (region != null && !written(place.region))
      throw refused('PLACE_INVALID', [...path, 'region'], 'Write the region as shoppers do, or leave it out.');
    const key = placeKey(place.country, place.region);
    if (seen.has(key)) throw refused('PLACE_INVALID', path, 'Name each place once.');
    seen.add(key);
    return place;
  });
}

function rateOf(wish: RateWish, currency: string, path: readonly string[]): Rate {
  const bad = (field: string, sentence: string) => refused('RATE_INVALID', [...path, field], sentence);
  const amount = (field: string, given: Amount | null | undefined): bigint | null => {
    if (!given) return null;
    const parsed = given.currency === currency ? parseDecimal(given.amount, currency) : null;
    if (!parsed || parsed.minor < 0n) throw bad(field, `${field} is an amount in ${currency}, 0 or more.`);
    return parsed.minor;
  };
  const grams = (field: string, given: number | null | undefined, least = 0): number | null => {
    if (given != null && (given < least || given > MOST.grams)) throw bad(field, `${field} is ${least} or more.`);
    return given ?? null;
  };
  if (!OPTION_ID.test(wish.optionId))
    throw bad('optionId', 'optionId begins with a small letter and has small letters, digits and hyphens.');
  const title = written(wish.title);
  if (!title) throw bad('title', `Write a title in one line of at most ${MOST.text} characters.`);
  const { min, max } = wish.estimatedDays;
  if (min < 0 || max < min || max > MOST.days)
    throw bad('estimatedDays', 'estimatedDays goes from min to a max that is no less.');
  const minimumGrams = grams('minimumWeightGrams', wish.minimumWeightGrams);
  const maximumGrams = grams('maximumWeightGrams', wish.maximumWeightGrams);
  if ((minimumGrams ?? 0) > (maximumGrams ?? MOST.grams))
    throw bad('maximumWeightGrams', 'maximumWeightGrams must be no less than minimumWeightGrams.');
  const { surcharge } = wish;
  return {
    ...{ optionId: wish.optionId, title, currency, minimumGrams, maximumGrams },
    price: amount('price', wish.price)!,
    freeFrom: amount('freeFrom', wish.freeFrom),
    minimumSubtotal: amount('minimumSubtotal', wish.minimumSubtotal),
    surcharge: surcharge
      ? {
          amount: amount('surcharge', surcharge.amount)!,
          aboveGrams: grams('surcharge', surcharge.aboveGrams)!,
          perGrams: grams('surcharge', surcharge.perGrams, 1)!,
        }
      : null,
    days: { min, max },
  };
}

/** Null where it is empty, too long or cannot be shown in a line. */
function written(text: string): string | null {
  const trimmed = text.length > 4 * MOST.text ? '' : text.trim().normalize('NFC');
  return trimmed && trimmed.length <= MOST.text && !UNWRITABLE.test(trimmed) ? trimmed : null;
}

const refused = (code: string, path: readonly string[], message: string) =>
  new Refusal(code, message, { path: ['input', ...path] });
