import { type ExportedKind, exported, inDecimals } from '#platform/subgraph/export.ts';
import { database } from './database.ts';

interface Priced {
  readonly currency: string;
  readonly subtotal: bigint;
  readonly discount: bigint;
  readonly shipping: bigint;
  readonly tax: bigint;
  readonly total: bigint;
  readonly refunded: bigint;
  readonly balance: bigint;
  readonly lines: readonly Record<'unitPrice' | 'discount' | 'tax' | 'total', string>[];
  readonly refunds: readonly { readonly amount: string }[];
}

/**
 * Orders with their lines, history, returns and refunds, and the documents that were issued. The cart, the next action
 * of a payment and the keys of requests are secrets of who placed it, and stay.
 */
export const EXPORTED_KINDS: readonly ExportedKind[] = [
  exported<Priced>(
    'orders',
    database,
    `SELECT o.id AS key, o.id, o.number, o.customer_id AS "customerId", o.status, o.payment_status AS "paymentStatus",
         o.fulfillment_status AS "fulfillmentStatus", o.version, o.email, o.note, o.currency, o.subtotal, o.discount, o.shipping, o.tax,
         o.tax_included AS "taxIncluded", o.tax_lines AS "taxLines", o.total, o.refunded, o.balance, o.discount_codes AS "discountCodes",
         o.delivery_address AS "deliveryAddress", o.billing_address AS "billingAddress", o.delivery_option AS "deliveryOption",
         o.placed_at AS "placedAt", o.confirmed_at AS "confirmedAt", o.paid_at AS "paidAt", o.updated_at AS "updatedAt",
         (SELECT json_agg(json_build_object('id', l.id, 'variantId', l.variant_id, 'productId', l.product_id, 'sellerId', l.seller_id,
             'sku', l.sku, 'title', l.title, 'options', l.options, 'quantity', l.quantity, 'weightGrams', l.weight_grams,
             'unitPrice', l.unit_price::text, 'discount', l.discount::text, 'tax', l.tax::text, 'total', l.total::text,
             'giftCard', l.gift_card, 'returned', l.returned, 'refunded', l.refunded) ORDER BY l.position) FROM order_line l WHERE l.order_id = o.id) AS lines,
         (SELECT json_agg(json_build_object('type', e.type, 'message', e.message, 'status', e.status, 'actor', e.actor, 'at', e.at)
             ORDER BY e.seq) FROM order_event e WHERE e.order_id = o.id) AS history,
         (SELECT coalesce(json_agg(json_build_object('id', r.id, 'status', r.status, 'reason', r.reason, 'requestedAt', r.requested_at,
             'lines', (SELECT json_agg(json_build_object('lineId', rl.line_id, 'quantity', rl.quantity) ORDER BY rl.line_id)
               FROM order_return_line rl WHERE rl.return_id = r.id)) ORDER BY r.requested_at, r.id), '[]')
           FROM order_return r WHERE r.order_id = o.id) AS returns,
         (SELECT coalesce(json_agg(json_build_object('id', f.id, 'amount', f.amount::text, 'reason', f.reason, 'status', f.status,
             'returnId', f.return_id, 'createdAt', f.created_at) ORDER BY f.created_at, f.id), '[]')
           FROM refund f WHERE f.order_id = o.id) AS refunds
       FROM orders o WHERE o.id > $1 ORDER BY o.id LIMIT $2::int`,
    (order) => ({
      ...inDecimals(order, order.currency, TOTALS),
      lines:
        order.lines?.map((line) => inDecimals(line, order.currency, ['unitPrice', 'discount', 'tax', 'total'])) ?? [],
      refunds: order.refunds.map((refund) => inDecimals(refund, order.currency, ['amount'])),
    }),
  ),
  exported(
    'invoices',
    database,
    `SELECT id AS key, id, order_id AS "orderId", kind, number, issued_at AS "issuedAt", content
       FROM invoice WHERE id > $1 ORDER BY id LIMIT $2::int`,
  ),
];

const TOTALS = ['subtotal', 'discount', 'shipping', 'tax', 'total', 'refunded', 'balance'] as const;
