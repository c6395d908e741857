import { operation } from '#platform/graphql/operation.ts';

/** Orders asks it before it cancels. Idempotent by order id; `cancelled` is false when a parcel has left already. */
export const fulfillmentsCancel = operation<{ fulfillmentsCancel: { cancelled: boolean } }, { orderId: string }>(
  'shipping',
  'mutation($orderId: ID!) { fulfillmentsCancel(orderId: $orderId) { cancelled } }',
);
