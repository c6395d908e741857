export interface Amount {
  readonly amount: string;
  readonly currency: string;
}

/** An amount as a shopper reads it: € 48.20 is "€48.20", yen have no decimals. Never used to calculate. */
export function formatMoney({ amount, currency }: Amount): string {
  // The type knows only numbers, but a string is formatted exactly, beyond what a float can hold.
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(amount as `${number}`);
}

export function isZero({ amount }: Amount): boolean {
  return Number(amount) === 0;
}

/** "€18.00", or "from €18.00" when the variants differ. */
export function formatRange({ min, max }: { min: Amount; max: Amount }): string {
  return min.amount === max.amount ? formatMoney(min) : `from ${formatMoney(min)}`;
}
