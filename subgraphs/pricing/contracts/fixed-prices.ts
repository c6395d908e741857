import { operation } from '#platform/graphql/operation.ts';

/** What variants cost in a currency by themselves, in minor units as text; a variant that has no such price is missing. */
export const fixedPrices = operation<
  { fixedPrices: { variantId: string; price: string; compareAtPrice: string | null }[] },
  { variantIds: readonly string[]; currency: string }
>(
  'pricing',
  `query($variantIds: [ID!]!, $currency: CurrencyCode!) { fixedPrices(variantIds: $variantIds, currency: $currency) {
    variantId price compareAtPrice } }`,
);
