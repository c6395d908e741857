import { operation } from '#platform/graphql/operation.ts';

/** What a cart must know of a variant. */
export interface VariantForSale {
  variantId: string;
  productId: string;
  categoryIds: string[];
  sellerId: string;
  sku: string;
  title: string;
  options: { name: string; value: string }[];
  imageUrl: string | null;
  unitPrice: { amount: string; currency: string };
  weightGrams: number;
  /** False when unpublished or deleted: then it cannot be bought. */
  sellable: boolean;
  /** Each unit is a gift card of its price: no stock, no parcel, no tax, no discount. */
  isGiftCard: boolean;
}

/** In the order of `ids`, null where unknown. Carts ask it when adding and at every reading. */
export const variantsForSale = operation<
  { variantsForSale: (VariantForSale | null)[] },
  {
    ids: string[];
    currency: string /** The moment whose exchange rates count, RFC 3339; without it now. */;
    ratesAt?: string | null;
  }
>(
  'catalog',
  `query($ids: [ID!]!, $currency: CurrencyCode!, $ratesAt: DateTime) { variantsForSale(ids: $ids, currency: $currency, ratesAt: $ratesAt) {
    variantId productId categoryIds sellerId sku title options { name value } imageUrl
    unitPrice { amount currency } weightGrams sellable isGiftCard } }`,
);
