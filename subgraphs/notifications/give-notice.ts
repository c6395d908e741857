import { newId } from '#platform/database/id.ts';
import { live } from '#platform/live/live.ts';
import type { NoticeKind } from './choices/notice-kind.ts';
import { database } from './database.ts';
import type { Cause } from './mailer/mailer.ts';
import { inboxTopic } from './notification.type.ts';
import { sendTexts } from './texts/shop-texts.ts';
import type { ShortText } from './texts/text-provider.ts';

export interface Notice {
  readonly customerId: string;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
  readonly order: { readonly id: string; readonly number: string } | null;
  /** RFC 3339. */
  readonly at: string;
}

/** Tells a customer in the ways that they chose; a second time the same event changes nothing. */
export async function giveNotice({ customerId, kind, title, body, order, at }: Notice, cause: Cause): Promise<void> {
  const id = newId('ntf');
  const [given] = await give(
    ...[cause.eventId, cause.consumer, customerId, id, title, body],
    ...[order?.id ?? null, order?.number ?? null, at, kind],
  );
  if (!given) return;
  if (given.in_app) live.publish(inboxTopic(customerId));
  const texts = given.devices.map((device) => ({ ...device, title, body, id }));
  if (texts.length > 0) await sendTexts(customerId, texts);
}

// The inbox's row stays locked until the notification is visible: see prisma/notifications/schema.prisma.
const give = database.statement<{ in_app: boolean; devices: Pick<ShortText, 'channel' | 'address'>[] }>(
  'notifications.give-notice',
  `WITH noted AS (
     INSERT INTO handled (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING event_id),
   numbered AS (
     INSERT INTO inbox (customer_id, last_seq) SELECT $3, 1 FROM noted
     WHERE NOT EXISTS (SELECT FROM preference WHERE customer_id = $3 AND kind = $10 AND channel = 'IN_APP' AND NOT wanted)
     ON CONFLICT (customer_id) DO UPDATE SET last_seq = inbox.last_seq + 1
     RETURNING customer_id, last_seq),
   added AS (
     INSERT INTO notification (id, customer_id, seq, title, body, order_id, order_number, created_at)
     SELECT $4, customer_id, last_seq, $5, $6, $7, $8, $9::timestamptz FROM numbered RETURNING id)
   SELECT EXISTS (SELECT FROM added) AS in_app, coalesce((
     SELECT jsonb_agg(jsonb_build_object('channel', channel, 'address', address))
     FROM device JOIN preference USING (customer_id, channel) WHERE customer_id = $3 AND kind = $10 AND wanted), '[]') AS devices
   FROM noted`,
);
