import { operation } from '#platform/graphql/operation.ts';

export interface StockLevel {
  variantId: string;
  /** What an order can still take, backorders up to their limit counted; 0 for an unknown variant. */
  available: number;
  /** Whether any quantity may be ordered: a backorder without limit. */
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

/**
 * All lines or none; a repetition with the same order id answers the same. It holds for so many seconds. `backordered` where
 * some of it is not there yet: `stockAwaited` says what.
 */
export const stockReserve = operation<
  { stockReserve: { held: boolean; shortages: StockShortage[]; backordered?: boolean | null } },
  { input: { orderId: string; lines: { variantId: string; quantity: number }[]; seconds: number } }
>(
  'inventory',
  `mutation($input: StockReserveInput!) { stockReserve(input: $input) {
    held shortages { variantId requested available } backordered } }`,
);

/** Safe before, after and without a reservation: a later stockReserve of this order id is refused. */
export const stockRelease = operation<{ stockRelease: { released: boolean } }, { orderId: string }>(
  'inventory',
  'mutation($orderId: ID!) { stockRelease(orderId: $orderId) { released } }',
);

/**
 * The reservation no longer expires; one that had expired is taken again. `held` is false when the goods are gone by
 * then, and when the order was released: whoever took money for it gives the money back.
 */
export const stockCommit = operation<{ stockCommit: { held: boolean } }, { orderId: string }>(
  'inventory',
  'mutation($orderId: ID!) { stockCommit(orderId: $orderId) { held } }',
);

/**
 * Makes the open reservation of an order hold exactly these lines, beside what has left already: all or nothing,
 * idempotent by `adjustId`. Not held and nothing short: the reservation is not open, nothing can be changed any more.
 */
export const stockAdjust = operation<
  { stockAdjust: { held: boolean; shortages: StockShortage[] } },
  { input: { orderId: string; adjustId: string; lines: { variantId: string; quantity: number }[] } }
>(
  'inventory',
  `mutation($input: StockAdjustInput!) { stockAdjust(input: $input) {
    held shortages { variantId requested available } } }`,
);

/** Goods of an order came back and go on hand, once per `returnId`. `restocked` is true for a repetition as well. */
export const stockRestock = operation<
  { stockRestock: { restocked: boolean } },
  { input: { orderId: string; returnId: string; lines: { variantId: string; quantity: number }[] } }
>('inventory', 'mutation($input: StockRestockInput!) { stockRestock(input: $input) { restocked } }');

/** What open reservations of these orders hold and is not there yet: nothing of it may be put into a parcel. */
export const stockAwaited = operation<
  { stockAwaited: { orderId: string; variantId: string; quantity: number }[] },
  { orderIds: string[] }
>('inventory', 'query($orderIds: [ID!]!) { stockAwaited(orderIds: $orderIds) { orderId variantId quantity } }');
