import { defineEvent } from '#platform/outbox/event.ts';

export interface FulfillmentMove {
  fulfillmentId: string;
  orderId: string;
  status: 'PREPARING' | 'SHIPPED' | 'OUT_FOR_DELIVERY' | 'DELIVERED' | 'CANCELLED';
  /** RFC 3339: when the carrier said so. */
  at: string;
  /** What is in this parcel. */
  lines: { lineId: string; variantId: string; quantity: number }[];
  progress: FulfillmentProgress;
}

/** How far the whole order is as of a move, in units. Each number counts those that went further too. */
export interface FulfillmentProgress {
  /** Grows with every move of the order, so that older news can be told from newer. */
  sequence: number;
  ordered: number;
  prepared: number;
  shipped: number;
  outForDelivery: number;
  delivered: number;
}

/**
 * Parcels moved, many at a time: the carrier ticks once for all of them. At most 200 an event. A parcel that jumped
 * over a status has a move for each it passed.
 */
export const fulfillmentsMoved = defineEvent<{ moves: FulfillmentMove[] }>('shipping.fulfillments-moved.v1');
