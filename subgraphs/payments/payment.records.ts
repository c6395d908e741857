import { database } from './database.ts';
import type { ProviderPayment } from './provider/payment-provider.ts';

export type PaymentStatus =
  | 'PENDING'
  | 'REQUIRES_ACTION'
  | 'AUTHORIZED'
  | 'PAID'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'
  | 'VOIDED'
  | 'FAILED';

export interface PaymentRecord {
  id: string;
  order_id: string;
  /** Empty for the payment of the checkout. */
  charge: string;
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
  updated_at: Date;
}

/** What the provider's word makes of a payment that waits for it. What was released without us can be paid no more. */
export const STATUS_OF: Record<Exclude<ProviderPayment['status'], 'PENDING' | 'CAPTURED'>, PaymentStatus> = {
  REQUIRES_ACTION: 'REQUIRES_ACTION',
  AUTHORIZED: 'AUTHORIZED',
  VOIDED: 'FAILED',
  DECLINED: 'FAILED',
};

/** Under what a payment is authorized at the provider: `<order>`, or `<order>/<charge>`. */
export const providerKey = ({ order_id, charge }: Pick<PaymentRecord, 'order_id' | 'charge'>): string =>
  charge === '' ? order_id : `${order_id}/${charge}`;

/** The payment that a key of ours names. */
export async function paymentByKey(key: string): Promise<PaymentRecord | null> {
  const cut = key.indexOf('/');
  return cut < 0 ? paymentOf(key) : paymentOf(key.slice(0, cut), key.slice(cut + 1));
}

export async function paymentOf(orderId: string, charge = ''): Promise<PaymentRecord | null> {
  return (await one(orderId, charge))[0] ?? null;
}

/** All payments of one order, oldest first. */
export const allPaymentsOf = (orderId: string): Promise<PaymentRecord[]> => byOrders([orderId]);

/** Those of checkouts: what gift cards pay of them, and the rest. */
export const checkoutPaymentsOf = (orderIds: readonly string[]): Promise<PaymentRecord[]> => checkouts(orderIds);

/** In the order of `orderIds`, each oldest first; what was never asked for, because the order was given up first, is none. */
export async function paymentsOf(orderIds: readonly string[]): Promise<PaymentRecord[][]> {
  const found = new Map<string, PaymentRecord[]>(orderIds.map((id) => [id, []]));
  for (const record of await byOrders(orderIds)) if (record.amount > 0n) found.get(record.order_id)?.push(record);
  return orderIds.map((id) => found.get(id) ?? []);
}

const one = database.statement<PaymentRecord>(
  'payments.one',
  'SELECT * FROM payment WHERE order_id = $1 AND charge = $2',
);

const byOrders = database.statement<PaymentRecord>(
  'payments.by-orders',
  'SELECT * FROM payment WHERE order_id = ANY($1::text[]) ORDER BY created_at, id',
);

const checkouts = database.statement<PaymentRecord>(
  'payments.checkouts',
  `SELECT * FROM payment WHERE order_id = ANY($1::text[]) AND (charge = '' OR provider = 'gift-card')`,
);
