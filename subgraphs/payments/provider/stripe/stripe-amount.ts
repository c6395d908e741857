import { fractionDigits, type Money, money } from '#platform/money/money.ts';

/** Where Stripe counts hundredths of what has no smaller unit (docs.stripe.com/currencies#special-cases). */
const IN_HUNDREDTHS = ['ISK', 'UGX'];

/** Of currencies with three digits Stripe takes tens only. */
const THREE_DIGITS = 3;

/** An amount as Stripe counts it; null when Stripe cannot take exactly that. */
export function toStripe({ minor, currency }: Money): number | null {
  if (fractionDigits(currency) === THREE_DIGITS && minor % 10n !== 0n) return null;
  const amount = minor * unitOf(currency);
  return amount <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(amount) : null;
}

/** The same the other way; `currency` as Stripe writes it, in lower case. */
export function fromStripe(amount: number, stripeCurrency: string): Money {
  const currency = stripeCurrency.toUpperCase();
  return money(BigInt(amount) / unitOf(currency), currency);
}

const unitOf = (currency: string): bigint => (IN_HUNDREDTHS.includes(currency) ? 100n : 1n);
