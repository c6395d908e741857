import { operation } from '#platform/graphql/operation.ts';

/** For the auditor: what breaks the invariants of orders whose parcels changed in a window. `since` and `until` are RFC 3339. */
export const shippingAudit = operation<
  { shippingAudit: { invariant: string; subject: string; detail: string }[] },
  { since: string; until: string }
>(
  'shipping',
  'query($since: DateTime!, $until: DateTime!) { shippingAudit(since: $since, until: $until) { invariant subject detail } }',
);
