import { operation } from '#platform/graphql/operation.ts';
import { defineEvent } from '#platform/outbox/event.ts';

export interface CustomerContact {
  id: string;
  email: string;
  name: string | null;
}

/** In the order of `ids`, null where unknown. */
export const customersByIds = operation<{ customersByIds: (CustomerContact | null)[] }, { ids: string[] }>(
  'accounts',
  'query($ids: [ID!]!) { customersByIds(ids: $ids) { id email name } }',
);

/** `verificationToken` goes into the link of the welcome mail and proves the address once. */
/** Signs in as anybody does; what the account may do stands in the token. */
export const staffSignIn = operation<
  { sessionCreate: { session: { accessToken: string } | null; userErrors: { message: string }[] } },
  { input: { email: string; password: string } }
>(
  'accounts',
  'mutation($input: SessionCreateInput!) { sessionCreate(input: $input) { session { accessToken } userErrors { message } } }',
);

/** Ends the viewer's session. */
export const staffSignOut = operation<{ sessionEnd: { userErrors: { message: string }[] } }, object>(
  'accounts',
  'mutation { sessionEnd { userErrors { message } } }',
);

export const customerRegistered = defineEvent<{
  customerId: string;
  email: string;
  name: string | null;
  verificationToken: string;
}>('accounts.customer-registered.v1');

export const passwordResetRequested = defineEvent<{ customerId: string; email: string; resetToken: string }>(
  'accounts.password-reset-requested.v1',
);

/** The address is the customer's, as the link of a mail proved. */
export const emailVerified = defineEvent<{ customerId: string; email: string }>('accounts.email-verified.v1');
