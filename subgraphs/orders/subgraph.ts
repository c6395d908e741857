import { outboxResolver } from '#platform/outbox/reports.ts';
import { every } from '#platform/schedule/every.ts';
import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { AllOrdersSubscription } from './all-orders.subscription.ts';
import { startAnnouncingUnitsSold } from './announce-units-sold.ts';
import { AuditOrders } from './audit/audit-orders.ts';
import { CancelOrder } from './cancel-order.ts';
import { ConfirmOrderPayment } from './confirm-order-payment.ts';
import { CustomerHasBought } from './customer-has-bought.ts';
import { database } from './database.ts';
import { EditOrder } from './edits/edit-order.ts';
import { PayOrder } from './edits/pay-order.ts';
import { WithdrawEdit } from './edits/withdraw-edit.ts';
import { EXPORTED_KINDS } from './exported-kinds.ts';
import { ReadInvoice } from './invoices/read-invoice.ts';
import { cancelUnheld } from './listeners/cancel-unheld.listener.ts';
import { claimGuestOrders } from './listeners/claim-guest-orders.listener.ts';
import { followRefunds } from './listeners/follow-refunds.listener.ts';
import { followShipment } from './listeners/follow-shipment.listener.ts';
import { fulfillGiftCards } from './listeners/fulfill-gift-cards.listener.ts';
import { markPaid } from './listeners/mark-paid.listener.ts';
import { resumeCheckout } from './listeners/resume-checkout.listener.ts';
import { LookupOrder } from './lookup/lookup-order.ts';
import { RedeemLookup } from './lookup/redeem-lookup.ts';
import { OrderQueries, references } from './order.queries.ts';
import { OrderSubscriptions } from './order.subscriptions.ts';
import { OrderedProductsQueries } from './ordered-products.ts';
import { PicturesInOrders } from './pictures-in-orders.ts';
import { PlaceOrder } from './place-order.ts';
import { RefundOrder } from './refunds/refund-order.ts';
import { DecideReturn } from './returns/decide-return.ts';
import { ReceiveReturn } from './returns/receive-return.ts';
import { RefundReturn } from './returns/refund-return.ts';
import { RequestReturn } from './returns/request-return.ts';
import { ReturnQueries } from './returns/returns.queries.ts';
import { sagas } from './sagas.ts';
import { startSweepingOldRows } from './sweep-old-rows.ts';
import { ReadTimeline } from './timeline/read-timeline.ts';
import { RetrySaga } from './timeline/retry-saga.ts';

const SWEEP_EVERY_MS = 1_000;

export const orders: Subgraph = {
  name: 'orders',
  database,
  resolvers: [
    OrderQueries,
    PlaceOrder,
    ConfirmOrderPayment,
    CancelOrder,
    CustomerHasBought,
    OrderedProductsQueries,
    PicturesInOrders,
    EditOrder,
    PayOrder,
    WithdrawEdit,
    ReadInvoice,
    ReadTimeline,
    RetrySaga,
    RefundOrder,
    RequestReturn,
    DecideReturn,
    ReceiveReturn,
    RefundReturn,
    ReturnQueries,
    LookupOrder,
    RedeemLookup,
    OrderSubscriptions,
    AllOrdersSubscription,
    AuditOrders,
    outboxResolver(database),
  ],
  references,
  announces: true,
  runsSagas: true,
  urgency: 'first',
  listeners: [
    markPaid,
    followShipment,
    followRefunds,
    resumeCheckout,
    claimGuestOrders,
    cancelUnheld,
    fulfillGiftCards,
  ],
  exports: EXPORTED_KINDS,
  startWork: (contextFor) => [
    ...sagas(contextFor).map((saga) => every(SWEEP_EVERY_MS, `The sweeper of ${saga.name} sagas`, saga.sweep)),
    startSweepingOldRows(),
    startAnnouncingUnitsSold(),
  ],
};
