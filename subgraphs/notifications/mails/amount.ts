// Making a formatter costs twenty times its use, and mails are written as fast as people buy.
const formats = new Map<string, Intl.NumberFormat>();

/** An amount for people. Intl takes the decimal as text, so that no float comes between (ECMA-402, NumberFormat.format). */
export function shown({ amount, currency }: { amount: string; currency: string }): string {
  const format = formats.get(currency) ?? new Intl.NumberFormat('en', { style: 'currency', currency });
  formats.set(currency, format);
  return format.format(amount as `${number}`);
}
