import { formatMoney } from '#design/money.ts';
import type { OrderViewFragment } from '#generated/graphql.ts';

type Money = Pick<OrderViewFragment, 'paymentStatus' | 'balance'> & {
  readonly cost: Pick<OrderViewFragment['cost'], 'refunded'>;
};

/** How the payment stands, as a shopper would say it; a status this storefront does not know is not spoken of. */
export function paymentWords({ paymentStatus, balance, cost }: Money): string | null {
  switch (paymentStatus) {
    case 'PENDING':
      return 'Not paid yet.';
    case 'REQUIRES_ACTION':
      return 'Waiting for your bank. Nothing is charged yet.';
    case 'AUTHORIZED':
      return 'Reserved on your card. Charged once the order is confirmed.';
    case 'PAID':
      return 'Paid.';
    case 'PARTIALLY_PAID':
      return `Paid but for ${formatMoney(balance)}.`;
    case 'PARTIALLY_REFUNDED':
      return `Paid, and ${formatMoney(cost.refunded)} of it paid back to you.`;
    case 'REFUNDED':
      return 'Paid back to you in full.';
    case 'VOIDED':
      return 'Nothing was charged. What was reserved on your card is let go.';
    case 'FAILED':
      return 'The payment did not go through. Nothing was charged.';
    default:
      return null;
  }
}

/**
 * Names the try to pay what is due: a double click, a reload and a lost answer name the same one, and a card after a declined
 * one the next.
 */
export function balanceKey({ history }: Pick<OrderViewFragment, 'history'>): string {
  return `storefront balance ${history.filter(({ type }) => type === 'payment.declined').length + 1}`;
}
