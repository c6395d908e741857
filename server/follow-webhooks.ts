import type { Context } from '#platform/graphql/context.ts';
import { live } from '#platform/live/live.ts';
import { setAtRest } from '#platform/outbox/routes.ts';
import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import {
  WEBHOOKS_CONSUMER,
  WEBHOOKS_TOPIC,
  webhookTopicsAtRest,
} from '#subgraphs/notifications/contracts/webhooks-at-rest.ts';

/** A change is heard of by the live fan-out; one that got lost, by asking. */
const EVERY_MS = 30_000;

/** Keeps events from being written for webhooks that nobody registered: a purchase then costs nothing for them. */
export function followWebhooks(server: Context): Running {
  const ask = async () => {
    const { webhookTopicsAtRest: topics } = await server.ask(webhookTopicsAtRest, {});
    setAtRest(Object.fromEntries(topics.map((topic) => [topic, [WEBHOOKS_CONSUMER]])));
  };
  // What fails here is asked again soon, and until then nothing is lost: more is told than needed, or what was before.
  const unfollow = live.follow(WEBHOOKS_TOPIC, () => void ask().catch(() => undefined));
  const asking = every(EVERY_MS, 'Asking what webhooks need', ask);
  return {
    async stop() {
      unfollow();
      await asking.stop();
    },
  };
}
