import { operation } from '#platform/graphql/operation.ts';

export type ReservationState = 'RESERVED' | 'COMMITTED' | 'SHIPPED' | 'RELEASED' | 'EXPIRED';

/** The reservations of orders as they are, for the auditor; none of an order that never had one. */
export const stockReservations = operation<
  { stockReservations: { orderId: string; state: ReservationState }[] },
  { orderIds: string[] }
>('inventory', 'query($orderIds: [ID!]!) { stockReservations(orderIds: $orderIds) { orderId state } }');
