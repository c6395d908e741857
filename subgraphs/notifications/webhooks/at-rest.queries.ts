import { Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { live } from '#platform/live/live.ts';
import { WEBHOOKS_TOPIC } from '../contracts/webhooks-at-rest.ts';
import { database } from '../database.ts';
import { topicsBeyond } from './webhook-messages.ts';

@Resolver()
export class WebhooksAtRest {
  @Internal()
  @Query(() => [String], { description: 'The topics of events that no endpoint of webhooks asked for.' })
  async webhookTopicsAtRest(): Promise<string[]> {
    const wanted = await wantedKinds();
    return topicsBeyond(new Set(wanted.map(({ kind }) => kind)));
  }
}

const wantedKinds = database.statement<{ kind: string }>(
  'notifications.webhook-wanted-kinds',
  'SELECT DISTINCT unnest(kinds) AS kind FROM webhook_endpoint WHERE disabled_at IS NULL',
);

/** Every process that announces asks anew which topics rest. */
export const tellRest = (): void => live.publish(WEBHOOKS_TOPIC);
