import { fractionDigits, type Money, money } from './money.ts';

/** How amounts become amounts of another currency. */
export interface Exchange {
  readonly currency: string;
  /** Units of it for one unit of the other, as a decimal, e.g. `1.0594`. */
  readonly rate: string;
  /** Minor units that prices are a multiple of, e.g. 5 for francs. */
  readonly roundTo: bigint;
}

/** Half away from zero, to the nearest multiple of `roundTo`: with 1.0594 €10.00 are $10.59, and ¥165.20 are ¥165. */
export function exchanged(amount: Money, { currency, rate, roundTo }: Exchange): Money {
  const { numerator, denominator } = ratio(rate);
  return money(
    rounded(
      amount.minor * numerator * ten(fractionDigits(currency)),
      denominator * ten(fractionDigits(amount.currency)) * roundTo,
    ) * roundTo,
    currency,
  );
}

/** The way back, to the nearest minor unit of `into`. */
export function exchangedBack(amount: Money, { rate }: Exchange, into: string): Money {
  const { numerator, denominator } = ratio(rate);
  return money(
    rounded(amount.minor * denominator * ten(fractionDigits(into)), numerator * ten(fractionDigits(amount.currency))),
    into,
  );
}

/** Whether it is a rate: above 0, at most ten digits before and after the point. */
export const isRate = (text: string): boolean => /^\d{1,10}(?:\.\d{1,10})?$/.test(text) && /[1-9]/.test(text);

function ratio(rate: string): { numerator: bigint; denominator: bigint } {
  if (!isRate(rate)) throw new Error(`${rate} is no rate.`);
  const [whole, decimals = ''] = rate.split('.');
  return { numerator: BigInt(`${whole}${decimals}`), denominator: ten(decimals.length) };
}

const ten = (digits: number): bigint => 10n ** BigInt(digits);

function rounded(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const nearest = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -nearest : nearest;
}
