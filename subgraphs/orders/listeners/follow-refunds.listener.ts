import { parseDecimal } from '#platform/money/money.ts';
import { defineBatchListener } from '#platform/outbox/listener.ts';
import { paymentRefunded } from '#subgraphs/payments/contracts/payments.events.ts';
import { followPayments } from '../refunds/payment-totals.ts';
import { eachOnce } from './each-once.ts';

/** Money went back, by whomever: the orders show it. */
export const followRefunds = defineBatchListener(paymentRefunded, 'orders-follow-refunds', async (told) => {
  const events = eachOnce(told);
  await followPayments(
    events.map(({ payload: { orderId, amount, currency, capturedTotal, refundedTotal, sequence } }) => ({
      ...{ orderId, sequence, message: `Refunded ${amount} ${currency}` },
      captured: minorOf(capturedTotal, currency),
      refunded: minorOf(refundedTotal, currency),
    })),
    events.map(({ id, payload: { orderId, refundId, amount, currency } }) => ({
      ...{ eventId: id, orderId, refundId, minor: minorOf(amount, currency) },
    })),
  );
});

function minorOf(amount: string, currency: string): bigint {
  const parsed = parseDecimal(amount, currency);
  if (!parsed) throw new Error(`${amount} is no amount of ${currency}.`);
  return parsed.minor;
}
