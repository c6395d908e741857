import { shown } from '#platform/graphql/money.type.ts';
import { money } from '#platform/money/money.ts';
import { makeAccessGrant } from './contracts/access-grant.ts';
import { database } from './database.ts';
import { hasInvoice, invoiceUrlOf } from './invoices/invoice-link.ts';
import type { FulfillmentStatus, Order, OrderLine, PaymentAction, PaymentStatus, Return } from './order.type.ts';
import { mayBecome, type OrderStatus } from './rules/order-lifecycle.ts';
import type { ReturnStatus } from './rules/return-lifecycle.ts';

/** An order as it lies in the database, with its lines and its history, in one reading. */
export interface OrderRecord {
  id: string;
  number: string;
  cart_id: string;
  customer_id: string | null;
  status: OrderStatus;
  payment_status: PaymentStatus;
  fulfillment_status: FulfillmentStatus;
  version: number;
  email: string;
  note: string | null;
  currency: string;
  subtotal: bigint;
  discount: bigint;
  shipping: bigint;
  tax: bigint;
  tax_included: boolean;
  tax_lines: Order['cost']['taxLines'];
  total: bigint;
  refunded: bigint;
  edit_refunded: bigint;
  balance: bigint;
  edit_id: string | null;
  edits: number;
  paid_at: Date | null;
  delivery_address: Order['deliveryAddress'];
  billing_address: Order['billingAddress'];
  delivery_option: Order['deliveryOption'];
  /** Those that it holds at pricing. */
  discount_codes: string[];
  next_action: PaymentAction | null;
  payment_due_at: Date | null;
  confirmed_at: Date | null;
  placed_at: Date;
  updated_at: Date;
  lines: LineRecord[];
  events: EventRecord[];
  /** Null where there are none. */
  returns: ReturnRecord[] | null;
}

export interface ReturnRecord {
  id: string;
  status: ReturnStatus;
  reason: string;
  requested_at: string;
  lines: { line_id: string; quantity: number }[];
}

export interface LineRecord {
  id: string;
  order_id: string;
  position: number;
  variant_id: string;
  product_id: string;
  seller_id: string;
  sku: string;
  title: string;
  options: { name: string; value: string }[];
  image_url: string | null;
  quantity: number;
  weight_grams: number;
  gift_card: boolean;
  /** Units that left; gift cards that were issued. */
  shipped: number;
  /** Units whose price went back. */
  refunded: number;
  /** Minor units; text, since JSON has no bigint. */
  unit_price: string;
  discount: string;
  tax: string;
  total: string;
}

export interface EventRecord {
  seq: number;
  type: string;
  message: string;
  status: OrderStatus;
  payment_status: PaymentStatus;
  fulfillment_status: FulfillmentStatus;
  at: string;
}

/** What is selected of an order `o` for an `OrderRecord`. */
export const ORDER_COLUMNS = `o.*,
  (SELECT json_agg(l ORDER BY l.position) FROM (SELECT position, id, order_id, variant_id, product_id, seller_id, sku, title, options,
     image_url, quantity, weight_grams, gift_card, shipped, refunded, unit_price::text, discount::text, tax::text, total::text
     FROM order_line WHERE order_id = o.id) l) AS lines,
  (SELECT json_agg(e ORDER BY e.seq) FROM (SELECT seq, type, message, status, payment_status, fulfillment_status, at
     FROM order_event WHERE order_id = o.id) e) AS events,
  CASE WHEN o.has_returns THEN (SELECT jsonb_agg(to_jsonb(r) || jsonb_build_object('lines',
     (SELECT jsonb_agg(to_jsonb(rl) ORDER BY rl.line_id) FROM order_return_line rl WHERE rl.return_id = r.id)) ORDER BY r.requested_at, r.id)
     FROM order_return r WHERE r.order_id = o.id) END AS returns`;

const byIds = database.statement<OrderRecord>(
  'orders.by-ids',
  `SELECT ${ORDER_COLUMNS} FROM orders o WHERE o.id = ANY($1::text[])`,
);

/** What the gift cards among these lines cost, in minor units. */
export const giftCardsWorth = (lines: readonly LineRecord[]): bigint =>
  lines.reduce((sum, { gift_card, total }) => (gift_card ? sum + BigInt(total) : sum), 0n);

/** In the order of `ids`, null where there is none. */
export async function loadOrders(ids: readonly string[]): Promise<(OrderRecord | null)[]> {
  const found = new Map((await byIds(ids)).map((record) => [record.id, record]));
  return ids.map((id) => found.get(id) ?? null);
}

/** Confirmed, or waiting for the shopper: what is neither is still being placed, or never was. */
export const isShown = (record: Pick<OrderRecord, 'confirmed_at' | 'payment_due_at'>): boolean =>
  record.confirmed_at !== null || record.payment_due_at !== null;

/** Hidden from lists and lookups: refused before anybody was shown an order. */
export const neverWas = (record: OrderRecord): boolean => record.status === 'CANCELLED' && !isShown(record);

/** What the API shows to somebody who may see it. */
export function toOrder(record: OrderRecord): Order {
  const amount = (minor: bigint) => shown(money(minor, record.currency));
  const accessGrant = makeAccessGrant(record.id);
  const order: Order = {
    id: record.id,
    number: record.number,
    version: record.version,
    status: record.status,
    paymentStatus: record.payment_status,
    fulfillmentStatus: record.fulfillment_status,
    customer: record.customer_id ? { id: record.customer_id } : null,
    email: record.email,
    currency: record.currency,
    lines: record.lines.map((line) => toOrderLine(line, record.currency, accessGrant)),
    cost: {
      subtotal: amount(record.subtotal),
      discount: amount(record.discount),
      shipping: amount(record.shipping),
      tax: amount(record.tax),
      taxIncluded: record.tax_included,
      taxLines: record.tax_lines,
      total: amount(record.total),
      refunded: amount(record.refunded),
    },
    deliveryAddress: record.delivery_address,
    billingAddress: record.billing_address,
    deliveryOption: record.delivery_option,
    note: record.note,
    history: record.events.map(({ type, message, at }) => ({ type, message, at: new Date(at) })),
    placedAt: record.placed_at,
    updatedAt: record.updated_at,
    nextAction: record.next_action,
    paymentDueAt: record.status === 'PENDING_PAYMENT' || record.balance > 0n ? record.payment_due_at : null,
    balance: amount(record.balance),
    invoiceUrl: hasInvoice(record) ? invoiceUrlOf(record.id) : null,
    canCancel: isShown(record) && mayBecome(record.status, 'CANCELLED'),
    returns: [],
    accessGrant,
  };
  order.returns = (record.returns ?? []).map((back) => toReturn(back, order));
  return order;
}

function toReturn({ id, status, reason, requested_at, lines }: ReturnRecord, order: Order): Return {
  const lineOf = (lineId: string) => order.lines.find((line) => line.id === lineId)!;
  return {
    ...{ id, status, reason, requestedAt: new Date(requested_at), order },
    lines: lines.map(({ line_id, quantity }) => ({ line: lineOf(line_id), quantity })),
  };
}

export function toOrderLine(line: LineRecord, currency: string, accessGrant: string): OrderLine {
  const amount = (minor: string) => shown(money(BigInt(minor), currency));
  return {
    id: line.id,
    accessGrant,
    variant: { id: line.variant_id },
    title: line.title,
    sku: line.sku,
    options: line.options,
    imageUrl: line.image_url,
    quantity: line.quantity,
    isGiftCard: line.gift_card,
    unitPrice: amount(line.unit_price),
    discount: amount(line.discount),
    tax: amount(line.tax),
    total: amount(line.total),
  };
}
