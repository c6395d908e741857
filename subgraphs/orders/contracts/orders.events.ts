import { defineEvent } from '#platform/outbox/event.ts';

/** The order stands: paid for by an authorization, its stock reserved. */
export const orderConfirmed = defineEvent<{ orderId: string }>('orders.order-confirmed.v1');

/** What shipping needs to make a parcel without asking back. */
export interface OrderPaid {
  orderId: string;
  number: string;
  country: string;
  city: string;
  deliveryOption: { id: string; title: string; estimatedDays: { min: number; max: number } };
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

/** A later status of a signed-in customer's order, for the notices in the app. Guests' orders announce none. */
export const orderStatusChanged = defineEvent<{
  orderId: string;
  number: string;
  customerId: string;
  status: string;
  /** RFC 3339. */
  at: string;
}>('orders.order-status-changed.v1');
