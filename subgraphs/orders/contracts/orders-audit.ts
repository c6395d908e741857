import { operation } from '#platform/graphql/operation.ts';

/** Something that must never be, and what breaks it. */
export interface OrdersFinding {
  /** e.g. `one-order-a-cart`. */
  invariant: string;
  /** The id of what breaks it. */
  subject: string;
  detail: string;
}

/** What an order owes, by its own books: to be compared with payments and inventory. */
export interface AuditedOrder {
  orderId: string;
  status: string;
  paymentStatus: string;
  currency: string;
  /** A decimal: its total less what was refunded beyond edits; 0 once it is cancelled or was never confirmed. */
  owed: string;
  /** The discount codes that it must hold at pricing. */
  codes: string[];
  /** Whether it holds anything that lies in stock. */
  hasGoods: boolean;
  /** How many gift cards of each of its lines must stand at payments. */
  giftCards: { lineId: string; units: number }[];
  /** RFC 3339. */
  placedAt: string;
  cartId: string;
  /** Nothing of it is in flight here: no saga, no event that was not handled. Only then must the books agree. */
  settled: boolean;
}

/**
 * The orders that changed in a window of RFC 3339 times, and what is wrong with them; beside it what has been left
 * unfinished for more than a minute, whenever it began. At most `first` orders (1,000 unless told), in the order of
 * their ids; `endCursor` goes on where there are more.
 */
export const ordersAudit = operation<
  { ordersAudit: { findings: OrdersFinding[]; orders: AuditedOrder[]; endCursor: string | null } },
  { since: string; until: string; first?: number; after?: string | null }
>(
  'orders',
  `query($since: DateTime!, $until: DateTime!, $first: Int, $after: String) {
    ordersAudit(since: $since, until: $until, first: $first, after: $after) {
      findings { invariant subject detail }
      orders { orderId status paymentStatus currency owed codes placedAt cartId hasGoods giftCards { lineId units } settled } endCursor } }`,
);

/** Of these orders, at most 500: their lines of gift cards, with what was bought of each. */
export const giftCardLines = operation<
  { giftCardLines: { orderId: string; lineId: string; units: number }[] },
  { orderIds: readonly string[] }
>('orders', 'query($orderIds: [ID!]!) { giftCardLines(orderIds: $orderIds) { orderId lineId units } }');
