import { toDecimal } from '#platform/money/money.ts';
import {
  automaticPromotions,
  type CodedPromotion,
  isOpen,
  normalCode,
  type PromotionRecord,
  promotionsOfCodes,
  toOffer,
} from './promotion.records.ts';
import type { Offer } from './rules/offers.ts';

export interface Asked {
  readonly codes: readonly string[];
  readonly customerId: string | null;
  readonly email: string | null;
  /** An order holds them already: they stay its own past their time and limit. */
  readonly areHeld: boolean;
}

/** What is said of a code; `reason` is for the shopper and says what to do. */
export interface CodeAnswer {
  readonly code: string;
  readonly applicable: boolean;
  readonly reason: string | null;
}

export interface Offered {
  readonly offers: Offer[];
  /** What to say of each code, once it is known which offers were used. */
  answers(used: ReadonlySet<string>): CodeAnswer[];
}

/** The promotions that a cart may use now: those without a code, and those of its codes that are good for this customer. */
export async function offeredFor({ codes, customerId, email, areHeld }: Asked): Promise<Offered> {
  const automatic = (await automaticPromotions()).filter((record) => isOpen(record));
  if (codes.length === 0) return { offers: automatic.map(toOffer), answers: () => [] };
  const wanted = codes.map(normalCode);
  const rows = await promotionsOfCodes(wanted, customerId, email?.toLowerCase() ?? null);
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const refused = new Map(wanted.map((code) => [code, refusalOf(byCode.get(code), areHeld)]));
  const good = rows.filter((row) => refused.get(row.code!) === null);
  return {
    offers: [...automatic, ...good].map(toOffer),
    answers: (used) =>
      wanted.map((code) => {
        const reason = refused.get(code) ?? unusedReason(byCode.get(code)!, used);
        return { code, applicable: reason === null, reason };
      }),
  };
}

function refusalOf(promotion: CodedPromotion | undefined, isHeld: boolean): string | null {
  if (!promotion) return 'We do not know this code. Check how it is written.';
  if (isHeld) return null;
  const { starts_at: from, ends_at: to } = promotion;
  if (from && from.getTime() > Date.now()) return 'This code is not good yet.';
  if (to && to.getTime() <= Date.now()) return 'This code has expired.';
  if (promotion.usage_limit !== null && promotion.times_used >= promotion.usage_limit)
    return 'This code has been used up.';
  const { usage_limit_per_customer: each, used_by_customer: before } = promotion;
  return each !== null && before >= each ? 'You have used this code already.' : null;
}

/** Good for the customer, and still of no use to this cart. */
function unusedReason(promotion: PromotionRecord, used: ReadonlySet<string>): string | null {
  if (used.has(promotion.id)) return null;
  const { minimumSubtotal, gift, goods } = toOffer(promotion);
  if (minimumSubtotal)
    return `This code needs goods for ${toDecimal(minimumSubtotal)} ${minimumSubtotal.currency} or more, and no better offer beside it.`;
  if (gift.kind === 'buy get')
    return `This code needs ${gift.buy + gift.get} of ${goods ? 'the goods that it is for' : 'any goods'}, and no better offer beside it.`;
  if (goods) return 'This code is for other goods, or does not go together with a better offer of this cart.';
  return 'This code does not go together with a better offer of this cart.';
}
