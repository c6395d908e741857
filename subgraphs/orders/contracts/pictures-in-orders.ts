import { operation } from '#platform/graphql/operation.ts';

/** Which of these pictures, by their keys in the file store, the line of an order shows. */
export const picturesInOrders = operation<{ picturesInOrders: string[] }, { keys: readonly string[] }>(
  'orders',
  'query($keys: [String!]!) { picturesInOrders(keys: $keys) }',
);
