import { operation } from '#platform/graphql/operation.ts';

export type ReservationState = 'RESERVED' | 'COMMITTED' | 'SHIPPED' | 'RELEASED' | 'EXPIRED';

/**
 * How long a reservation is remembered at least after its goods left, were given back or its time ran out: longer than any
 * event is given out again, and than a parked job or saga waits for a hand.
 */
export const SETTLED_KEPT_DAYS = 90;

/** The reservations of orders as they are, for the auditor; none of an order that never had one, or whose was settled long ago. */
export const stockReservations = operation<
  { stockReservations: { orderId: string; state: ReservationState }[] },
  { orderIds: string[] }
>('inventory', 'query($orderIds: [ID!]!) { stockReservations(orderIds: $orderIds) { orderId state } }');
