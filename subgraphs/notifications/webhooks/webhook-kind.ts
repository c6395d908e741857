import { registerEnumType } from 'type-graphql';

/** What can be heard of; docs/webhooks.md says what each carries. */
export enum WebhookKind {
  ORDER_CONFIRMED = 'order.confirmed',
  ORDER_PAID = 'order.paid',
  ORDER_EDITED = 'order.edited',
  ORDER_CANCELLED = 'order.cancelled',
  REFUND_CREATED = 'refund.created',
  RETURN_DECIDED = 'return.decided',
  FULFILLMENT_UPDATED = 'fulfillment.updated',
  PRODUCT_CHANGED = 'product.changed',
  STOCK_LOW = 'stock.low',
  STOCK_TURNED = 'stock.turned',
}

registerEnumType(WebhookKind, {
  name: 'WebhookKind',
  description: 'What a webhook tells; `ORDER_PAID` arrives as `order.paid`.',
});
