import { operation } from '#platform/graphql/operation.ts';

/** For the auditor: what breaks the invariants of the money that moved in the window. */
export const paymentsAudit = operation<
  { paymentsAudit: { invariant: string; subject: string; detail: string }[] },
  { since: string; until: string }
>(
  'payments',
  'query($since: DateTime!, $until: DateTime!) { paymentsAudit(since: $since, until: $until) { invariant subject detail } }',
);
