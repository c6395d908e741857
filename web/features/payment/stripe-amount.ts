import type { Amount } from '#design/money.ts';

/** Where Stripe counts hundredths of what has no smaller unit (docs.stripe.com/currencies#special-cases). */
const IN_HUNDREDTHS = ['ISK', 'UGX'];

/** `48.20 EUR` → 4820, the whole number in which Stripe counts. */
export function stripeAmount({ amount, currency }: Amount): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const digits = IN_HUNDREDTHS.includes(currency) ? 2 : (maximumFractionDigits ?? 2);
  const [whole = '0', fraction = ''] = amount.split('.');
  return Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
}
