import { operation } from '#platform/graphql/operation.ts';

/** Whether a customer has paid for a product in an order that was not cancelled. */
export const customerHasBought = operation<{ customerHasBought: boolean }, { customerId: string; productId: string }>(
  'orders',
  'query($customerId: ID!, $productId: ID!) { customerHasBought(customerId: $customerId, productId: $productId) }',
);
