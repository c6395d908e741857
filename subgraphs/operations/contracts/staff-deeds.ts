import { operation } from '#platform/graphql/operation.ts';

/** Notes what the viewer is about to do with jobs, e.g. `queue-pause` of `payments-capture`, on the page of queues. */
export const staffDeedNote = operation<{ staffDeedNote: boolean }, { deed: string; subject: string }>(
  'operations',
  'mutation($deed: String!, $subject: String!) { staffDeedNote(deed: $deed, subject: $subject) }',
);
