import { defineEvent } from '#platform/outbox/event.ts';

export interface FulfillmentMove {
  fulfillmentId: string;
  orderId: string;
  status: 'PREPARING' | 'SHIPPED' | 'OUT_FOR_DELIVERY' | 'DELIVERED' | 'CANCELLED';
  /** RFC 3339: when the carrier said so. */
  at: string;
}

/** Parcels moved, many at a time: the carrier ticks once for all of them. At most 200 an event. */
export const fulfillmentsMoved = defineEvent<{ moves: FulfillmentMove[] }>('shipping.fulfillments-moved.v1');
