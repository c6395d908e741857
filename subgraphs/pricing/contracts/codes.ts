import { operation } from '#platform/graphql/operation.ts';

export interface CodesRedeemInput {
  orderId: string;
  customerId: string | null;
  email: string;
  codes: readonly string[];
}

/** Takes all codes for an order or none; idempotent by order id, and refused once the order has released them. */
export const codesRedeem = operation<
  { codesRedeem: { redeemed: boolean; refused: { code: string; reason: string | null }[] } },
  { input: CodesRedeemInput }
>('pricing', 'mutation($input: CodesRedeemInput!) { codesRedeem(input: $input) { redeemed refused { code reason } } }');

/** The undo, also for a cancelled order. May run before, after and without codesRedeem. */
export const codesRelease = operation<{ codesRelease: { released: boolean } }, { orderId: string }>(
  'pricing',
  'mutation($orderId: ID!) { codesRelease(orderId: $orderId) { released } }',
);

/** For the auditor: the codes that orders hold. One that holds none may be missing. */
export const codesHeld = operation<
  { codesHeld: { orderId: string; codes: string[] }[] },
  { orderIds: readonly string[] }
>('pricing', 'query($orderIds: [ID!]!) { codesHeld(orderIds: $orderIds) { orderId codes } }');
