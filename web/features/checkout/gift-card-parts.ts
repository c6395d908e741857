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

/** What each card pays of a total, one after another, and what is left to pay. Amounts of one currency have as many digits. */
export function giftCardParts(
  total: Amount,
  cards: readonly GiftCardBalance[],
): { readonly parts: readonly GiftCardPart[]; readonly rest: Amount } {
  let rest = minor(total);
  const parts = cards
    .filter(({ balance }) => balance.currency === total.currency)
    .map(({ ending, balance }) => {
      const pays = [minor(balance), rest].sort((a, b) => (a < b ? -1 : 1))[0]!;
      rest -= pays;
      return { ending, pays: like(total, pays) };
    });
  return { parts, rest: like(total, rest) };
}

const minor = ({ amount }: Amount): bigint => BigInt(amount.replace('.', ''));

function like({ amount, currency }: Amount, value: bigint): Amount {
  const digits = amount.split('.')[1]?.length ?? 0;
  const text = value.toString().padStart(digits + 1, '0');
  return { amount: digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`, currency };
}
