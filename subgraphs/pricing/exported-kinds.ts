import { type ExportedKind, exported, inDecimals } from '#platform/subgraph/export.ts';
import { database } from './database.ts';

interface Promotion {
  readonly currency: string;
  readonly amountOff: bigint | null;
  readonly minimumSubtotal: bigint | null;
}

interface FixedPrices {
  readonly prices: readonly {
    readonly currency: string;
    readonly price: number;
    readonly compareAtPrice: number | null;
  }[];
}

/** Promotions with their codes, taxes, currencies, and the prices that are set per currency. Rates and percentages are as stored: 1900 is 19 %. */
export const EXPORTED_KINDS: readonly ExportedKind[] = [
  exported<Promotion>(
    'promotions',
    database,
    `SELECT id AS key, id, code, title, percent_off AS "percentOff", buy_quantity AS "buyQuantity", get_quantity AS "getQuantity",
         product_ids AS "productIds", category_ids AS "categoryIds", amount_off AS "amountOff", free_shipping AS "freeShipping", currency,
         minimum_subtotal AS "minimumSubtotal", combines, exclusive, priority, usage_limit AS "usageLimit",
         usage_limit_per_customer AS "usageLimitPerCustomer", times_used AS "timesUsed", starts_at AS "startsAt", ends_at AS "endsAt",
         created_at AS "createdAt"
       FROM promotion WHERE id > $1 ORDER BY id LIMIT $2::int`,
    (promotion) => inDecimals(promotion, promotion.currency, ['amountOff', 'minimumSubtotal']),
  ),
  exported(
    'tax-rates',
    database,
    `SELECT * FROM (SELECT country || ' ' || category_id || ' ' || valid_from AS key, country, category_id AS "categoryId", title, rate,
         included, valid_from::text AS "validFrom" FROM tax_rate) keyed WHERE key > $1 ORDER BY key LIMIT $2::int`,
  ),
  exported(
    'currencies',
    database,
    `SELECT code AS key, code, sold, round_to::text AS "roundTo", rate, rate_at AS "rateAt", own_rate AS "ownRate", own_at AS "ownAt"
       FROM currency WHERE code > $1 ORDER BY code LIMIT $2::int`,
  ),
  exported<FixedPrices>(
    'fixed-prices',
    database,
    `SELECT variant_id AS key, variant_id AS "variantId",
         json_agg(json_build_object('currency', currency, 'price', price, 'compareAtPrice', compare_at_price) ORDER BY currency) AS prices
       FROM fixed_price WHERE variant_id > $1 GROUP BY variant_id ORDER BY variant_id LIMIT $2::int`,
    ({ prices, ...of }) => ({
      ...of,
      prices: prices.map((each) => inDecimals(each, each.currency, ['price', 'compareAtPrice'])),
    }),
  ),
];
