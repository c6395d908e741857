/** An exact amount: integer minor units of one ISO 4217 currency, e.g. 4820 EUR is €48.20. */
export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

export const money = (minor: bigint, currency: string): Money => ({ minor, currency });

/** How many digits the minor unit has (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD. */
export function fractionDigits(currency: string): number {
  let digits = DIGITS.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    DIGITS.set(currency, digits);
  }
  return digits;
}

const DIGITS = new Map<string, number>();

/** `4820n EUR` → `48.20`. */
export function toDecimal({ minor, currency }: Money): string {
  const digits = fractionDigits(currency);
  if (digits === 0) return minor.toString();
  const sign = minor < 0n ? '-' : '';
  const text = magnitude(minor)
    .toString()
    .padStart(digits + 1, '0');
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** `48.2` in EUR → `4820n`; null when it is no decimal number or has more digits than the currency. */
export function parseDecimal(text: string, currency: string): Money | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) return null;
  const digits = fractionDigits(currency);
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return null;
  const minor = BigInt(match[2] + fraction.padEnd(digits, '0'));
  return money(match[1] ? -minor : minor, currency);
}

export function add(a: Money, b: Money): Money {
  return money(a.minor + sameCurrency(a, b).minor, a.currency);
}

export function subtract(a: Money, b: Money): Money {
  return money(a.minor - sameCurrency(a, b).minor, a.currency);
}

export function sum(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce(add, money(0n, currency));
}

/** `quantity` is a whole number. */
export const times = (amount: Money, quantity: number): Money =>
  money(amount.minor * BigInt(quantity), amount.currency);

/**
 * Splits an amount by weights so that the parts add up to it exactly: the largest remainders get the odd minor units.
 * All weights zero: the first part gets all.
 */
export function allocate(amount: Money, weights: readonly bigint[]): Money[] {
  const total = weights.reduce((a, b) => a + b, 0n);
  if (total === 0n) return weights.map((_, i) => money(i === 0 ? amount.minor : 0n, amount.currency));
  const parts = weights.map((weight) => (amount.minor * weight) / total);
  let left = amount.minor - parts.reduce((a, b) => a + b, 0n);
  const byRemainder = weights
    .map((weight, i) => ({ i, remainder: magnitude((amount.minor * weight) % total) }))
    .sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder > b.remainder ? -1 : 1));
  for (const { i } of byRemainder) {
    if (left === 0n) break;
    parts[i] = parts[i]! + (left > 0n ? 1n : -1n);
    left += left > 0n ? -1n : 1n;
  }
  return parts.map((minor) => money(minor, amount.currency));
}

/** `amount × numerator ÷ denominator`, half away from zero. */
export function fraction(amount: Money, numerator: bigint, denominator: bigint): Money {
  const product = amount.minor * numerator;
  const doubled = magnitude(product) * 2n + denominator;
  const rounded = doubled / (denominator * 2n);
  return money(product < 0n ? -rounded : rounded, amount.currency);
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

function sameCurrency(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`${a.currency} and ${b.currency} cannot be added.`);
  return b;
}
