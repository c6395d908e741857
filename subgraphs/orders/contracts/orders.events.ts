import { defineEvent } from '#platform/outbox/event.ts';
import type { GiftCardLine } from '#subgraphs/payments/contracts/gift-cards.ts';

/** The order stands: paid for by an authorization, its stock reserved. */
export const orderConfirmed = defineEvent<{ orderId: string }>('orders.order-confirmed.v1');

/** What shipping needs to make a parcel without asking back. */
export interface OrderPaid {
  orderId: string;
  number: string;
  country: string;
  city: string;
  deliveryOption: { id: string; title: string; estimatedDays: { min: number; max: number } };
  /** What is to be sent: none of an order of gift cards alone. */
  /** Some of it was promised before it was there. */
  backordered?: boolean;
  lines: {
    lineId: string;
    variantId: string;
    title: string;
    sku: string;
    options: { name: string; value: string }[];
    imageUrl: string | null;
    quantity: number;
    weightGrams: number;
  }[];
}

/** The money is captured: shipping starts here, not before. */
export const orderPaid = defineEvent<OrderPaid>('orders.order-paid.v1');

/** The money of an order with gift cards is captured: payments issues them, one a unit. */
export const giftCardsBought = defineEvent<{
  orderId: string;
  number: string;
  currency: string;
  /** Who gets them. */
  email: string;
  lines: GiftCardLine[];
}>('orders.gift-cards-bought.v1');

/** A later status of a signed-in customer's order, for the notices in the app. Guests' orders announce none. */
export const orderStatusChanged = defineEvent<{
  orderId: string;
  number: string;
  customerId: string;
  status: string;
  /** RFC 3339. */
  at: string;
}>('orders.order-status-changed.v1');

/** Money is on its way back to who paid; `amount` is a decimal. */
export const orderRefunded = defineEvent<{
  orderId: string;
  number: string;
  customerId: string | null;
  amount: string;
  currency: string;
  refundId: string;
}>('orders.order-refunded.v1');

/** An order that its shopper had seen is cancelled; what was paid for it goes back. */
export const orderCancelled = defineEvent<{
  orderId: string;
  number: string;
  customerId: string | null;
  reason: string | null;
}>('orders.order-cancelled.v1');

/** Somebody who knows number and e-mail wants to see the order: `token` goes into the link of the mail, and is good once. */
export const orderLookupRequested = defineEvent<{ orderId: string; number: string; email: string; token: string }>(
  'orders.order-lookup-requested.v1',
);

/** The shop takes the goods back, or does not: then `reason` says why. */
export const returnDecided = defineEvent<{
  orderId: string;
  returnId: string;
  number: string;
  approved: boolean;
  reason: string | null;
}>('orders.return-decided.v1');

/** Staff changed what an order holds, and its shopper is to know; amounts are decimals. */
export const orderEdited = defineEvent<{
  orderId: string;
  number: string;
  customerId: string | null;
  editId: string;
  /** What has to be paid before the order goes on; 0 when it does already. */
  balance: string;
  /** What goes back. */
  refund: string;
  currency: string;
}>('orders.order-edited.v1');

/** How many units of these products were paid for in the last ninety days, where that is another number than was told. */
export const unitsSold = defineEvent<{ products: { productId: string; units: number }[]; sequence: number }>(
  'orders.units-sold.v1',
);
