import { every } from '#platform/schedule/every.ts';
import { database } from './database.ts';
import { sweepWebhooks } from './webhooks/deliver-webhooks.ts';

const EVERY_MS = 3_600_000;

/** Forgets what nobody asks for any more. An event is repeated within minutes of its handling, not months. */
export const startSweep = () =>
  every(EVERY_MS, 'notifications sweep', async () => {
    await sweepHandled();
    await sweepMailbox();
    await sweepNotifications();
    await sweepWebhooks();
    await sweepWishes();
  });

const sweepHandled = database.statement(
  'notifications.sweep-handled',
  `DELETE FROM handled WHERE at < now() - interval '60 days'`,
  'values',
);
const sweepMailbox = database.statement(
  'notifications.sweep-mailbox',
  `DELETE FROM mailbox WHERE sent_at < now() - interval '30 days'`,
  'values',
);
const sweepNotifications = database.statement(
  'notifications.sweep-notifications',
  `DELETE FROM notification WHERE created_at < now() - interval '2 years'`,
  'values',
);
/** After a year nobody waits for it any more. */
const sweepWishes = database.statement(
  'notifications.sweep-wishes',
  `DELETE FROM stock_wish WHERE created_at < now() - interval '1 year'`,
  'values',
);
