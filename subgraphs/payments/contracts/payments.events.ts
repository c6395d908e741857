import { defineEvent } from '#platform/outbox/event.ts';

/** Money went back, by our hand or at the provider; also when a refund that was pending failed: then the total is lower. */
export const paymentRefunded = defineEvent<{
  orderId: string;
  /** Chosen by who asked for it; null when it was made at the provider, or by a void. */
  refundId: string | null;
  /** Decimals; the totals are over all payments of the order. */
  amount: string;
  currency: string;
  capturedTotal: string;
  refundedTotal: string;
  /** Grows with every change of the order's totals, so that older news can be told from newer. */
  sequence: number;
}>('payments.payment-refunded.v1');

/** The end of a payment that waited for the shopper, learned from the provider and not from them. */
export const paymentSettled = defineEvent<{ orderId: string; outcome: 'AUTHORIZED' | 'FAILED' }>(
  'payments.payment-settled.v1',
);
