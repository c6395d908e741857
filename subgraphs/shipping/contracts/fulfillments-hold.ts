import { operation } from '#platform/graphql/operation.ts';
import type { OrderPaid } from '#subgraphs/orders/contracts/orders.events.ts';

/**
 * Asked before an order is edited: nothing of it is made or leaves until it is resumed. `held` is false when a parcel
 * has left already, when the order was stopped, and while another edit holds it. Idempotent by edit: one that was
 * resumed holds no more.
 */
export const fulfillmentsHold = operation<
  { fulfillmentsHold: { held: boolean } },
  { input: { orderId: string; editId: string } }
>('shipping', 'mutation($input: FulfillmentsHoldInput!) { fulfillmentsHold(input: $input) { held } }');

/**
 * Goes on, with new lines when given: then parcels that were being prepared are cancelled, and made anew. Idempotent by
 * edit; also the undo of a hold whose answer never came. `resumed` is false when lines are given for an edit that does
 * not hold the order: nothing was changed then.
 */
export const fulfillmentsResume = operation<
  { fulfillmentsResume: { resumed: boolean } },
  { input: { orderId: string; editId: string; lines: OrderPaid['lines'] | null } }
>('shipping', 'mutation($input: FulfillmentsResumeInput!) { fulfillmentsResume(input: $input) { resumed } }');
