import { operation } from '#platform/graphql/operation.ts';

export interface StockLevel {
  variantId: string;
  /** What can still be promised; 0 for an unknown variant. */
  available: number;
  backorderable: boolean;
}

/** One entry an id, in order. */
export const stockLevels = operation<{ stockLevels: StockLevel[] }, { variantIds: string[] }>(
  'inventory',
  'query($variantIds: [ID!]!) { stockLevels(variantIds: $variantIds) { variantId available backorderable } }',
);

export interface StockShortage {
  variantId: string;
  requested: number;
  available: number;
}

/** All lines or none; a repetition with the same order id answers the same. `expiresAt` is RFC 3339. */
export const stockReserve = operation<
  { stockReserve: { held: boolean; shortages: StockShortage[] } },
  { input: { orderId: string; lines: { variantId: string; quantity: number }[]; expiresAt: string } }
>(
  'inventory',
  `mutation($input: StockReserveInput!) { stockReserve(input: $input) {
    held shortages { variantId requested available } } }`,
);

/** Safe before, after and without a reservation: a later stockReserve of this order id is refused. */
export const stockRelease = operation<{ stockRelease: { released: boolean } }, { orderId: string }>(
  'inventory',
  'mutation($orderId: ID!) { stockRelease(orderId: $orderId) { released } }',
);
