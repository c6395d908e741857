import { operation } from '#platform/graphql/operation.ts';

/** Ends mails of a kind to an address, both of which stand in the token. */
export const notificationsUnsubscribe = operation<
  { notificationsUnsubscribe: { userErrors: { message: string }[] } },
  { input: { token: string } }
>(
  'notifications',
  'mutation($input: NotificationsUnsubscribeInput!) { notificationsUnsubscribe(input: $input) { userErrors { message } } }',
);
