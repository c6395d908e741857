import { kept } from '#platform/cache/kept.ts';
import { type Money, money } from '#platform/money/money.ts';
import { database } from './database.ts';
import type { Gift, Offer } from './rules/offers.ts';

export interface PromotionRecord {
  id: string;
  code: string | null;
  title: string;
  percent_off: number | null;
  buy_quantity: number | null;
  get_quantity: number | null;
  product_ids: string[];
  category_ids: string[];
  amount_off: bigint | null;
  free_shipping: boolean;
  currency: string;
  minimum_subtotal: bigint | null;
  combines: boolean;
  exclusive: boolean;
  priority: number;
  usage_limit: number | null;
  usage_limit_per_customer: number | null;
  times_used: number;
  starts_at: Date | null;
  ends_at: Date | null;
  created_at: Date;
}

const COLUMNS = [
  ...['id', 'code', 'title', 'percent_off', 'amount_off', 'free_shipping', 'currency', 'minimum_subtotal', 'combines'],
  ...['buy_quantity', 'get_quantity', 'product_ids', 'category_ids', 'exclusive', 'priority'],
  ...['usage_limit', 'usage_limit_per_customer', 'times_used', 'starts_at', 'ends_at', 'created_at'],
];

export const PROMOTION_COLUMNS = COLUMNS.join(', ');

/** How a code is kept: shoppers type it in any case, and a mail adds spaces. */
export const normalCode = (code: string): string => code.trim().toUpperCase();

export function toOffer(record: PromotionRecord): Offer {
  const minor = (amount: bigint): Money => money(amount, record.currency);
  return {
    id: record.id,
    gift: giftOf(record, minor),
    minimumSubtotal: record.minimum_subtotal === null ? null : minor(record.minimum_subtotal),
    combines: record.combines,
    exclusive: record.exclusive,
    priority: record.priority,
    goods: record.product_ids.length + record.category_ids.length === 0 ? null : goodsOf(record),
  };
}

const goodsOf = ({ product_ids: products, category_ids: categories }: PromotionRecord) => ({
  productIds: new Set(products),
  categoryIds: new Set(categories),
});

function giftOf(record: PromotionRecord, minor: (amount: bigint) => Money): Gift {
  const { percent_off: percent, amount_off: amount, buy_quantity: buy, get_quantity: get } = record;
  if (percent !== null && buy !== null && get !== null) return { kind: 'buy get', buy, get, percent };
  if (percent !== null) return { kind: 'percent', percent };
  return amount !== null ? { kind: 'amount', amount: minor(amount) } : { kind: 'free shipping' };
}

/** Whether its time has come and is not over. */
export const isOpen = ({ starts_at: from, ends_at: to }: PromotionRecord, now = Date.now()): boolean =>
  (from === null || from.getTime() <= now) && (to === null || to.getTime() > now);

/** A promotion of a code, with how many orders of this customer hold it. */
export type CodedPromotion = PromotionRecord & { used_by_customer: number };

export const promotionsOfCodes = database.statement<CodedPromotion>(
  'pricing.promotions-of-codes',
  `SELECT ${COLUMNS.map((column) => `p.${column}`).join(', ')},
     CASE WHEN p.usage_limit_per_customer IS NULL THEN 0 ELSE (
       SELECT count(*)::int FROM redemption r WHERE r.promotion_id = p.id AND (r.email = $3 OR r.customer_id = $2)) END AS used_by_customer
   FROM promotion p WHERE p.code = ANY($1::text[])`,
);

const RELOAD_MS = 5_000;

const automatic = database.statement<PromotionRecord>(
  'pricing.automatic-promotions',
  `SELECT ${PROMOTION_COLUMNS} FROM promotion WHERE code IS NULL AND (ends_at IS NULL OR ends_at > now())`,
);
/** Those that work by themselves, kept in memory for five seconds. */
export const automaticPromotions = kept('promotions', RELOAD_MS, () => automatic());
