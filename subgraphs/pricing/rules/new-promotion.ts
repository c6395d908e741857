import { Refusal } from '#platform/errors/refusal.ts';
import { parseDecimal } from '#platform/money/money.ts';

interface Amount {
  readonly amount: string;
  readonly currency: string;
}

export interface PromotionWish {
  readonly code?: string | null | undefined;
  readonly title: string;
  readonly percentOff?: string | null | undefined;
  readonly amountOff?: Amount | null | undefined;
  readonly buyQuantity?: number | null | undefined;
  readonly getQuantity?: number | null | undefined;
  readonly productIds?: readonly string[] | null | undefined;
  readonly categoryIds?: readonly string[] | null | undefined;
  readonly freeShipping?: boolean | null | undefined;
  readonly minimumSubtotal?: Amount | null | undefined;
  readonly combines?: boolean | null | undefined;
  readonly exclusive?: boolean | null | undefined;
  readonly priority?: number | null | undefined;
  readonly usageLimit?: number | null | undefined;
  readonly usageLimitPerCustomer?: number | null | undefined;
  readonly startsAt?: Date | null | undefined;
  readonly endsAt?: Date | null | undefined;
}

/** A promotion as it is stored; money in minor units. */
export interface NewPromotion {
  readonly code: string | null;
  readonly title: string;
  readonly percentOff: number | null;
  readonly amountOff: bigint | null;
  readonly buyQuantity: number | null;
  readonly getQuantity: number | null;
  readonly productIds: readonly string[];
  readonly categoryIds: readonly string[];
  readonly freeShipping: boolean;
  readonly minimumSubtotal: bigint | null;
  readonly combines: boolean;
  readonly exclusive: boolean;
  readonly priority: number;
  readonly usageLimit: number | null;
  readonly usageLimitPerCustomer: number | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

const CODE = /^[A-Z0-9][A-Z0-9_-]{2,39}$/;
const UNWRITABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
const MOST_TITLE = 200;
const MOST_USES = 2_147_483_647;

/** Throws a `Refusal` that names the field and the mend. */
export function newPromotion(wish: PromotionWish, currency: string): NewPromotion {
  const code = wish.code?.trim().toUpperCase() || null;
  if (code && !CODE.test(code))
    throw refused('CODE_INVALID', 'code', 'A code has 3 to 40 letters, digits, hyphens and underscores.');
  const title = wish.title.length > 4 * MOST_TITLE ? '' : wish.title.trim().normalize('NFC');
  if (!title || title.length > MOST_TITLE || UNWRITABLE.test(title))
    throw refused('TITLE_INVALID', 'title', `Write a title in one line of at most ${MOST_TITLE} characters.`);
  const limits = limitsOf(wish, code);
  const { startsAt = null, endsAt = null } = wish;
  if (startsAt && endsAt && startsAt >= endsAt)
    throw refused('PERIOD_INVALID', 'endsAt', 'endsAt must be later than startsAt.');
  return {
    ...{ code, title, ...giftOf(wish, currency), ...limits, startsAt, endsAt },
    minimumSubtotal: wish.minimumSubtotal ? positive(wish.minimumSubtotal, currency, 'minimumSubtotal') : null,
    ...stackingOf(wish),
    ...goodsOf(wish),
  };
}

function giftOf(wish: PromotionWish, currency: string) {
  const units = unitsOf(wish);
  const { amountOff, freeShipping } = wish;
  const percentOff = wish.percentOff ?? (units.buyQuantity && amountOff == null && !freeShipping ? '100' : null);
  const given = [percentOff != null, amountOff != null, freeShipping === true].filter(Boolean).length;
  if (given !== 1)
    throw refused('AMOUNT_INVALID', 'percentOff', 'Give exactly one of percentOff, amountOff and freeShipping.');
  if (units.buyQuantity && percentOff === null)
    throw refused('AMOUNT_INVALID', 'percentOff', 'buyQuantity goes with percentOff, which is 100 when left out.');
  // Two decimals of a percent are the hundredths that are kept.
  const percent = percentOff == null ? null : parseDecimal(percentOff, 'EUR')?.minor;
  if (percent === undefined || (percent !== null && (percent < 1n || percent > 10_000n)))
    throw refused('AMOUNT_INVALID', 'percentOff', 'percentOff is above 0 and at most 100, with two decimals at most.');
  return {
    ...units,
    percentOff: percent === null ? null : Number(percent),
    amountOff: amountOff ? positive(amountOff, currency, 'amountOff') : null,
    freeShipping: freeShipping === true,
  };
}

const MOST_UNITS = 999;

function unitsOf({ buyQuantity = null, getQuantity = null }: PromotionWish) {
  const given = { buyQuantity, getQuantity: getQuantity ?? (buyQuantity === null ? null : 1) };
  for (const [field, units] of Object.entries(given)) {
    if (units !== null && (units < 1 || units > MOST_UNITS || buyQuantity === null))
      throw refused('AMOUNT_INVALID', field, `Give buyQuantity, and getQuantity beside it, each 1 to ${MOST_UNITS}.`);
  }
  return given;
}

const MOST_GOODS = 500;
const MOST_ID_LENGTH = 100;

function goodsOf({ productIds, categoryIds }: PromotionWish) {
  const goods = { productIds: productIds ?? [], categoryIds: categoryIds ?? [] };
  for (const [field, ids] of Object.entries(goods)) {
    if (ids.length > MOST_GOODS || ids.some((id) => id.length > MOST_ID_LENGTH || UNWRITABLE.test(id)))
      throw refused('GOODS_INVALID', field, `${field} has at most ${MOST_GOODS} ids as the catalog gives them.`);
  }
  return goods;
}

const MOST_PRIORITY = 1_000;

function stackingOf({ combines, exclusive, priority }: PromotionWish) {
  if (combines && exclusive)
    throw refused('STACKING_INVALID', 'exclusive', 'A promotion combines with others or excludes them, not both.');
  if (Math.abs(priority ?? 0) > MOST_PRIORITY)
    throw refused('STACKING_INVALID', 'priority', `priority is −${MOST_PRIORITY} to ${MOST_PRIORITY}.`);
  return { combines: combines ?? false, exclusive: exclusive ?? false, priority: priority ?? 0 };
}

function limitsOf({ usageLimit = null, usageLimitPerCustomer = null }: PromotionWish, code: string | null) {
  for (const [field, limit] of Object.entries({ usageLimit, usageLimitPerCustomer })) {
    if (limit === null) continue;
    if (limit < 1 || limit > MOST_USES) throw refused('LIMIT_INVALID', field, `${field} must be at least 1.`);
    if (!code) throw refused('LIMIT_INVALID', field, 'Only a promotion with a code can be limited. Give it a code.');
  }
  return { usageLimit, usageLimitPerCustomer };
}

function positive(given: Amount, currency: string, field: string): bigint {
  const parsed = given.currency === currency ? parseDecimal(given.amount, currency) : null;
  if (parsed && parsed.minor > 0n) return parsed.minor;
  throw refused('AMOUNT_INVALID', field, `${field} is an amount above 0 in ${currency}.`);
}

const refused = (code: string, field: string, message: string) =>
  new Refusal(code, message, { path: ['input', field] });
