import { operation } from '#platform/graphql/operation.ts';

/** Published when an endpoint of webhooks comes, goes or changes what it asks for. */
export const WEBHOOKS_TOPIC = 'webhooks';
export const WEBHOOKS_CONSUMER = 'notifications-webhooks';

/** The topics of events that `WEBHOOKS_CONSUMER` has no use for. */
export const webhookTopicsAtRest = operation<{ webhookTopicsAtRest: string[] }, object>(
  'notifications',
  'query { webhookTopicsAtRest }',
);
