import { isRate } from '#platform/money/exchange.ts';

/** A day's rates: units of each currency for one euro. */
export interface DailyRates {
  /** Midnight UTC of the day. */
  readonly day: Date;
  readonly rates: ReadonlyMap<string, string>;
}

/** Why a document was not taken, in a sentence. */
export class BadRates extends Error {}

/** The ECB's has thirty currencies in three kilobytes. */
export const MOST_BYTES = 256 * 1024;
const MOST_RATES = 300;
const DAY_MS = 86_400_000;

/**
 * Reads the European Central Bank's daily reference rates, `eurofxref-daily.xml`
 * (https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates): one `Cube` with the day,
 * and in it one for each currency. Anything else is refused whole: half a table is worse than yesterday's.
 */
export function readEcbRates(xml: string, now: Date): DailyRates {
  if (xml.length > MOST_BYTES) throw new BadRates(`The document is longer than ${MOST_BYTES} bytes.`);
  if (!/<(?:\w+:)?Envelope[\s>]/.test(xml)) throw new BadRates('The document has no Envelope.');
  const days = [...xml.matchAll(/<Cube\s+time=(["'])(\d{4}-\d{2}-\d{2})\1\s*>/g)];
  const [first, ...others] = days;
  if (!first || others.length > 0) throw new BadRates(`The document has ${days.length} days, not one.`);
  const day = new Date(`${first[2]}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.getTime() > now.getTime() + DAY_MS)
    throw new BadRates(`Its day, ${first[2]}, is none or has not come yet.`);
  const entries = [...xml.matchAll(/<Cube\s+currency=(["'])([^"']*)\1\s+rate=(["'])([^"']*)\3\s*\/>/g)];
  const rates = new Map(entries.map(([, , code = '', , rate = '']) => [code, rate]));
  const wrong = [...rates].find(([code, rate]) => !/^[A-Z]{3}$/.test(code) || !isRate(rate));
  if (wrong) throw new BadRates(`${wrong[0].slice(0, 10)} ${wrong[1].slice(0, 30)} is no rate of a currency.`);
  const named = xml.match(/<Cube\s+currency=/g)?.length ?? 0;
  if (rates.size === 0 || rates.size > MOST_RATES || rates.size !== named)
    throw new BadRates(`It names ${named} currencies, of which ${rates.size} can be read.`);
  return { day, rates };
}

/** Rates that moved by more than half in one step are rather a mistake of the feed than of the market. */
export function checkPlausible({ rates }: DailyRates, known: ReadonlyMap<string, string>): void {
  for (const [code, rate] of rates) {
    const before = Number(known.get(code) ?? rate);
    if (Number(rate) > before * 1.5 || Number(rate) < before / 1.5)
      throw new BadRates(`${code} went from ${before} to ${rate} at once. If that is so, set it by currencySet.`);
  }
}
