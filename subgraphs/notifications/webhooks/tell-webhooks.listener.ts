import type { Listener } from '#platform/outbox/listener.ts';
import { putMessages } from './webhook.records.ts';
import { messagesOf, TOLD_TOPICS } from './webhook-messages.ts';

/** The form of what is sent; grows when a field changes its meaning or goes. */
const VERSION = 1;

/** One consumer for all that is told, which rests for each topic that no endpoint asked for (at-rest.queries.ts). */
export const tellWebhooks: Listener = {
  consumer: 'notifications-webhooks',
  topics: TOLD_TOPICS,
  takesMany: true,
  async handle(events, context) {
    const messages = await messagesOf(events, context);
    const timestamp = new Date().toISOString();
    await putMessages(
      events.map(({ id }) => id),
      messages.map(({ id }) => id),
      messages.map(({ eventId }) => eventId),
      messages.map(({ kind }) => kind),
      messages.map(({ kind, data }) => JSON.stringify({ type: kind, version: VERSION, timestamp, data })),
    );
  },
};
