import { operation } from '#platform/graphql/operation.ts';

/**
 * Orders asks it before it cancels: nothing of the order is made or leaves any more. Idempotent by order id; `cancelled`
 * is false when a parcel has left already, and then nothing was changed.
 */
export const fulfillmentsCancel = operation<{ fulfillmentsCancel: { cancelled: boolean } }, { orderId: string }>(
  'shipping',
  'mutation($orderId: ID!) { fulfillmentsCancel(orderId: $orderId) { cancelled } }',
);
