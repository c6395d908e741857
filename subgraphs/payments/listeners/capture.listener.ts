import type { Event } from '#platform/outbox/event.ts';
import { defineBatchListener } from '#platform/outbox/listener.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { captureAtProvider } from '../capture-charge.ts';
import { checkoutPaymentsOf, type PaymentRecord } from '../payment.records.ts';
import { type Capture, captureOf, recordCaptures } from '../record-captures.ts';

/** How many the provider is asked at once by one job. */
const AT_ONCE = 50;

/**
 * Confirmed orders' authorizations are captured whole, many at a time. An order that cost nothing has no payment and is paid
 * as it is. What could be captured is written even if some could not: those are tried again.
 */
export const capturePayment = defineBatchListener(orderConfirmed, 'payments-capture', captureAll, {
  callsOut: true,
});

async function captureAll(events: readonly Event<{ orderId: string }>[]): Promise<void> {
  const records = await checkoutPaymentsOf(events.map(({ payload }) => payload.orderId));
  const payments = new Map<string, PaymentRecord[]>();
  for (const record of records) payments.set(record.order_id, [...(payments.get(record.order_id) ?? []), record]);
  const failures: unknown[] = [];
  for (let from = 0; from < events.length; from += AT_ONCE) {
    const captures = await Promise.allSettled(
      events.slice(from, from + AT_ONCE).map(({ id, payload }) => capture(id, payload.orderId, payments)),
    );
    const done = captures.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    await recordCaptures(done);
    failures.push(...captures.flatMap((each) => (each.status === 'rejected' ? [each.reason] : [])));
  }
  if (failures.length > 0) throw failures[0];
}

async function capture(
  eventId: string,
  orderId: string,
  payments: ReadonlyMap<string, readonly PaymentRecord[]>,
): Promise<Capture[]> {
  const records = payments.get(orderId) ?? [];
  if (records.length === 0) return [{ eventId, orderId, payment: null }];
  // What gift cards pay is taken with the rest, in one write: the order is paid whole or not yet.
  return Promise.all(records.map((record) => captureOne(eventId, orderId, record)));
}

async function captureOne(eventId: string, orderId: string, record: PaymentRecord): Promise<Capture> {
  const skipped = { eventId, orderId, payment: null, skipped: true };
  if (record.voided || !record.provider_ref) return skipped;
  const answer = await captureAtProvider(record);
  // Cancelled between our reading and the provider's answer: there is nothing to take any more.
  return answer.status === 'CAPTURED' ? captureOf(record, answer, eventId) : skipped;
}
