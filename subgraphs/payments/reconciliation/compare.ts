import type { Money } from '#platform/money/money.ts';
import { toDecimal } from '#platform/money/money.ts';
import type { PaymentRecord, PaymentStatus } from '../payment.records.ts';
import type { ProviderPayment, ProviderRefund } from '../provider/payment-provider.ts';
import type { RefundRecord } from '../refund.records.ts';

/** Something in which the provider's books and ours differ. Nobody mends it by itself. */
export interface Difference {
  readonly kind: 'MISSING_HERE' | 'MISSING_THERE' | 'AMOUNT_DIFFERS' | 'STATE_DIFFERS';
  /** Our id of the payment or refund; the provider's where we have none. */
  readonly subject: string;
  readonly providerRef: string | null;
  readonly detail: string;
}

/** What a payment of ours must be at the provider. One that we gave up on may have been refused there. */
const THERE: Record<PaymentStatus, readonly ProviderPayment['status'][]> = {
  PENDING: ['PENDING'],
  REQUIRES_ACTION: ['REQUIRES_ACTION'],
  AUTHORIZED: ['AUTHORIZED'],
  PAID: ['CAPTURED'],
  PARTIALLY_REFUNDED: ['CAPTURED'],
  REFUNDED: ['CAPTURED'],
  VOIDED: ['VOIDED', 'DECLINED'],
  FAILED: ['DECLINED', 'VOIDED'],
};

/** In what a payment differs; null when both books agree. */
export function comparePayment(theirs: ProviderPayment, ours: PaymentRecord | null): Difference | null {
  const found = differenceOf(theirs.ref);
  if (!ours) {
    const what = `${shown(theirs.amount)}, ${theirs.status} at the provider, and unknown here`;
    return found('MISSING_HERE', theirs.key ?? theirs.ref, what);
  }
  const { minor, currency } = theirs.amount;
  if (minor !== ours.amount || currency !== ours.currency)
    return found('AMOUNT_DIFFERS', ours.id, `${shown(theirs.amount)} there, ${shown(moneyOf(ours, ours.amount))} here`);
  if (theirs.captured !== ours.captured) {
    const [there, here] = [theirs.captured, ours.captured].map((part) => shown(moneyOf(ours, part)));
    return found('AMOUNT_DIFFERS', ours.id, `${there} captured there, ${here} here`);
  }
  if (theirs.refunded !== null && theirs.refunded !== ours.refunded) {
    const [there, here] = [theirs.refunded, ours.refunded].map((part) => shown(moneyOf(ours, part)));
    return found('AMOUNT_DIFFERS', ours.id, `${there} refunded there, ${here} here`);
  }
  if (THERE[ours.status].includes(theirs.status)) return null;
  return found('STATE_DIFFERS', ours.id, `${theirs.status} there, ${ours.status} here`);
}

/** The same of a refund. */
export function compareRefund(theirs: ProviderRefund, ours: RefundRecord | null): Difference | null {
  const found = differenceOf(theirs.ref);
  if (!ours) {
    // It moved nothing.
    if (theirs.status === 'FAILED') return null;
    const what = `a refund of ${shown(theirs.amount)}, ${theirs.status} at the provider, and unknown here`;
    return found('MISSING_HERE', theirs.key ?? theirs.ref ?? theirs.paymentRef, what);
  }
  const { minor, currency } = theirs.amount;
  if (minor !== ours.amount || currency !== ours.currency)
    return found(
      'AMOUNT_DIFFERS',
      ours.id,
      `a refund of ${shown(theirs.amount)} there, ${shown(moneyOf(ours, ours.amount))} here`,
    );
  if (theirs.status === ours.status) return null;
  return found('STATE_DIFFERS', ours.id, `a refund that is ${theirs.status} there, ${ours.status} here`);
}

export const missingThere = (id: string, providerRef: string, what: string): Difference =>
  differenceOf(providerRef)('MISSING_THERE', id, `${what} here, and not in the provider's list`);

const differenceOf =
  (providerRef: string | null) =>
  (kind: Difference['kind'], subject: string, detail: string): Difference => ({ kind, subject, providerRef, detail });

const moneyOf = ({ currency }: { currency: string }, minor: bigint): Money => ({ minor, currency });
const shown = (amount: Money): string => `${toDecimal(amount)} ${amount.currency}`;
