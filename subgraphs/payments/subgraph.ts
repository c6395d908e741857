import { outboxResolver } from '#platform/outbox/reports.ts';
import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { AuthorizePayment } from './authorize-payment.ts';
import { ChargePayment } from './charge-payment.ts';
import { ConfirmPayment } from './confirm-payment.ts';
import { database } from './database.ts';
import { EXPORTED_KINDS } from './exported-kinds.ts';
import { GiftCards } from './gift-cards/issue-gift-card.ts';
import { SoldGiftCards } from './gift-cards/sold-gift-cards.queries.ts';
import { SpendGiftCards } from './gift-cards/spend-gift-cards.ts';
import { TakeGiftCards } from './gift-cards/take-gift-cards.ts';
import { HearPaymentWebhook } from './hear-webhook.ts';
import { capturePayment } from './listeners/capture.listener.ts';
import { issueBoughtGiftCards } from './listeners/issue-gift-cards.listener.ts';
import { PaymentQueries, references } from './payment.queries.ts';
import { PaidOrder } from './payment.type.ts';
import { PaymentTotalsQuery } from './payment-totals.ts';
import { PaymentsAudit } from './payments-audit.ts';
import { startTestProvider } from './provider/test/test-provider.ts';
import { startReconciling } from './reconciliation/reconcile.ts';
import { ReconciliationQueries } from './reconciliation/reconciliation.queries.ts';
import { RefundPayment } from './refund-payment.ts';
import { startSweepingPayments } from './sweep-payments.ts';
import { VoidPayment } from './void-payment.ts';

export const payments: Subgraph = {
  name: 'payments',
  database,
  resolvers: [
    PaymentQueries,
    AuthorizePayment,
    ConfirmPayment,
    VoidPayment,
    ChargePayment,
    RefundPayment,
    GiftCards,
    SpendGiftCards,
    TakeGiftCards,
    SoldGiftCards,
    PaymentTotalsQuery,
    HearPaymentWebhook,
    ReconciliationQueries,
    PaymentsAudit,
    outboxResolver(database),
  ],
  orphanedTypes: [PaidOrder],
  references,
  announces: true,
  urgency: 'first',
  listeners: [capturePayment, issueBoughtGiftCards],
  exports: EXPORTED_KINDS,
  startWork: () => [...startSweepingPayments(), ...startTestProvider(), startReconciling()],
};
