import { operation } from '#platform/graphql/operation.ts';

export interface DeliveryOptionFor {
  id: string;
  title: string;
  price: { amount: string; currency: string };
  estimatedDays: { min: number; max: number };
}

export interface DeliveryOptionsInput {
  currency: string;
  country: string;
  region?: string | null;
  postalCode: string;
  weightGrams: number;
  totalQuantity: number;
  /** A decimal of the cart's currency. */
  subtotal: string;
  /** The moment whose exchange rates count, RFC 3339; without it now. */
  ratesAt?: string | null;
}

/** The same rules as Cart.deliveryOptions: the shopper is charged what the list showed. */
export const deliveryOptionsFor = operation<
  { deliveryOptionsFor: DeliveryOptionFor[] },
  { input: DeliveryOptionsInput }
>(
  'shipping',
  `query($input: DeliveryOptionsInput!) { deliveryOptionsFor(input: $input) {
    id title price { amount currency } estimatedDays { min max } } }`,
);
