import { operation } from '#platform/graphql/operation.ts';

/** For the auditor: what breaks the invariants of the stock that changed in a window. `since` and `until` are RFC 3339. */
export const inventoryAudit = operation<
  { inventoryAudit: { invariant: string; subject: string; detail: string }[] },
  { since: string; until: string }
>(
  'inventory',
  `query($since: DateTime!, $until: DateTime!) { inventoryAudit(since: $since, until: $until) {
    invariant subject detail } }`,
);
