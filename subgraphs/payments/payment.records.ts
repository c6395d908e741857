import { database } from './database.ts';
import type { ProviderPayment } from './provider/payment-provider.ts';

export type PaymentStatus = 'PENDING' | 'REQUIRES_ACTION' | 'AUTHORIZED' | 'PAID' | 'REFUNDED' | 'VOIDED' | 'FAILED';

export interface PaymentRecord {
  id: string;
  order_id: string;
  provider: string;
  status: PaymentStatus;
  amount: bigint;
  captured: bigint;
  refunded: bigint;
  currency: string;
  provider_ref: string | null;
  next_action: { type: string; url: string | null; clientSecret: string | null } | null;
  refusal: { code: string; message: string } | null;
  voided: boolean;
  created_at: Date;
}

/** What the provider's word makes of a payment. */
export const STATUS_OF: Record<ProviderPayment['status'], PaymentStatus> = {
  REQUIRES_ACTION: 'REQUIRES_ACTION',
  AUTHORIZED: 'AUTHORIZED',
  CAPTURED: 'PAID',
  VOIDED: 'VOIDED',
  REFUNDED: 'REFUNDED',
  DECLINED: 'FAILED',
};

const byOrder = database.statement<PaymentRecord>('payments.by-order', 'SELECT * FROM payment WHERE order_id = $1');

export async function paymentOf(orderId: string): Promise<PaymentRecord | null> {
  return (await byOrder(orderId))[0] ?? null;
}

const byOrders = database.statement<PaymentRecord>(
  'payments.by-orders',
  'SELECT * FROM payment WHERE order_id = ANY($1::text[])',
);

/** In the order of `orderIds`; null where an order has no payment. */
export async function paymentsOf(orderIds: readonly string[]): Promise<(PaymentRecord | null)[]> {
  const found = new Map((await byOrders(orderIds)).map((record) => [record.order_id, record]));
  return orderIds.map((id) => found.get(id) ?? null);
}
