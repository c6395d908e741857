import type { Amount } from '#design/money.ts';

export interface GiftCardBalance {
  readonly ending: string;
  readonly balance: Amount;
}

export interface GiftCardPart {
  readonly ending: string;
  /** What it pays of this order. */
  readonly pays: Amount;
}

/**
 * What each card pays of a total, one after another, and what is left to pay. They pay for no gift cards among the lines.
 * Amounts of one currency have as many digits.
 */
export function giftCardParts(
  total: Amount,
  cards: readonly GiftCardBalance[],
  lines: readonly { readonly isGiftCard: boolean; readonly total: Amount }[],
): { readonly parts: readonly GiftCardPart[]; readonly rest: Amount } {
  const bought = lines.reduce((sum, line) => (line.isGiftCard ? sum + minor(line.total) : sum), 0n);
  let payable = minor(total) - bought;
  const parts = cards
    .filter(({ balance }) => balance.currency === total.currency)
    .map(({ ending, balance }) => {
      const pays = [minor(balance), payable].sort((a, b) => (a < b ? -1 : 1))[0]!;
      payable -= pays;
      return { ending, pays: like(total, pays) };
    });
  return { parts, rest: like(total, payable + bought) };
}

const minor = ({ amount }: Amount): bigint => BigInt(amount.replace('.', ''));

function like({ amount, currency }: Amount, value: bigint): Amount {
  const digits = amount.split('.')[1]?.length ?? 0;
  const text = value.toString().padStart(digits + 1, '0');
  return { amount: digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`, currency };
}
