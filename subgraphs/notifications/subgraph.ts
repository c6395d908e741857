import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { startReminding } from './carts-left/remind-of-carts.ts';
import { Choose } from './choices/choose.ts';
import { Unsubscribe } from './choices/unsubscribe.ts';
import { database } from './database.ts';
import { EXPORTED_KINDS } from './exported-kinds.ts';
import { notifyOrderStatus } from './listeners/notify-order-status.listener.ts';
import { sendCancellation } from './listeners/send-cancellation.listener.ts';
import { sendConfirmation } from './listeners/send-confirmation.listener.ts';
import { sendGiftCard } from './listeners/send-gift-card.listener.ts';
import { sendLowStock } from './listeners/send-low-stock.listener.ts';
import { sendOrderEdited } from './listeners/send-order-edited.listener.ts';
import { sendOrderLookup } from './listeners/send-order-lookup.listener.ts';
import { sendPasswordReset } from './listeners/send-password-reset.listener.ts';
import { sendRefund } from './listeners/send-refund.listener.ts';
import { sendReturnDecision } from './listeners/send-return-decision.listener.ts';
import { sendShipment } from './listeners/send-shipment.listener.ts';
import { sendVerification } from './listeners/send-verification.listener.ts';
import { sendWelcome } from './listeners/send-welcome.listener.ts';
import { MailboxQueries } from './mailbox.queries.ts';
import { shopMailer } from './mailer/shop-mailer.ts';
import { MarkNotificationsRead } from './mark-notifications-read.ts';
import { customerReference, NotificationQueries } from './notification.queries.ts';
import { CustomerReference } from './notification.type.ts';
import { NotificationReceived } from './notification-received.ts';
import { NotificationsAudit } from './notifications-audit.ts';
import { CreateStockAlert } from './stock-alerts/create-stock-alert.ts';
import { sendBackInStock } from './stock-alerts/send-back-in-stock.listener.ts';
import { startSweep } from './sweep-old.ts';
import { Devices } from './texts/devices.ts';
import { WebhooksAtRest } from './webhooks/at-rest.queries.ts';
import { startDelivering } from './webhooks/deliver-webhooks.ts';
import { RedeliverWebhook } from './webhooks/redeliver-webhook.ts';
import { tellWebhooks } from './webhooks/tell-webhooks.listener.ts';
import { WebhookQueries } from './webhooks/webhook-endpoint.queries.ts';
import { WriteWebhookEndpoint } from './webhooks/write-webhook-endpoint.ts';

export const notifications: Subgraph = {
  name: 'notifications',
  database,
  resolvers: [
    NotificationQueries,
    MarkNotificationsRead,
    NotificationReceived,
    MailboxQueries,
    NotificationsAudit,
    WebhookQueries,
    WriteWebhookEndpoint,
    RedeliverWebhook,
    WebhooksAtRest,
    Choose,
    Unsubscribe,
    Devices,
    CreateStockAlert,
  ],
  orphanedTypes: [CustomerReference],
  references: { Customer: customerReference },
  announces: false,
  urgency: 'last',
  exports: EXPORTED_KINDS,
  listeners: [
    sendVerification,
    sendWelcome,
    sendGiftCard,
    sendPasswordReset,
    sendConfirmation,
    sendShipment,
    sendCancellation,
    sendRefund,
    sendOrderEdited,
    sendReturnDecision,
    sendOrderLookup,
    sendLowStock,
    notifyOrderStatus,
    tellWebhooks,
    sendBackInStock,
  ],
  startWork: (contextFor) => [
    startSweep(),
    startDelivering(),
    ...startReminding(contextFor),
    { stop: () => shopMailer.close() },
  ],
};
