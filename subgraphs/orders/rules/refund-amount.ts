import { allocate, type Money, money, sum } from '#platform/money/money.ts';

/** A line as far as its money matters. */
export interface PaidLine {
  readonly quantity: number;
  /** How many of its units were paid back already. */
  readonly refunded: number;
  /** What was paid for all of it, discount and tax counted. */
  readonly paid: Money;
}

/**
 * What the next units of a line bring back. The line's total is shared out to the last minor unit, so that all units,
 * paid back one after another or at once, come to exactly what was paid for them.
 */
export function priceOfUnits({ quantity, refunded, paid }: PaidLine, units: number): Money {
  if (units < 0 || refunded + units > quantity)
    throw new RangeError(`A line of ${quantity} has no ${units} units left.`);
  const shares = allocate(
    paid,
    Array.from({ length: quantity }, () => 1n),
  );
  return sum(shares.slice(refunded, refunded + units), paid.currency);
}

/** What was paid for a line: prices contain their tax, or it came on top. */
export const paidFor = (
  { total, tax }: { total: bigint; tax: bigint },
  { taxIncluded, currency }: { taxIncluded: boolean; currency: string },
): Money => money(taxIncluded ? total : total + tax, currency);
