import { outboxColumns } from '#platform/outbox/announce.ts';
import { defineListener } from '#platform/outbox/listener.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { paymentCaptured } from '../contracts/payments.ts';
import { database } from '../database.ts';
import { paymentOf } from '../payment.records.ts';
import { chooseProvider } from '../provider/choose-provider.ts';
import { withinDeadline } from '../provider/within-deadline.ts';

/** A confirmed order's authorization is captured whole. An order that cost nothing has no payment and is paid as it is. */
export const capturePayment = defineListener(
  orderConfirmed,
  'payments-capture',
  async ({ id, payload: { orderId } }) => {
    const record = await paymentOf(orderId);
    const provider = chooseProvider(record?.provider);
    if (record && provider && !record.voided && record.provider_ref) {
      const answer = await withinDeadline(provider.capture(record.provider_ref));
      if (answer.status !== 'CAPTURED') {
        // Cancelled between our reading and the provider's answer: there is nothing to take any more.
        await skipped(id);
        return;
      }
    }
    // Given up since the provider answered: then the money goes back by whoever gave it up, and nothing is written here.
    await captured(
      id,
      orderId,
      record === null,
      ...outboxColumns(paymentCaptured({ orderId, paymentId: record?.id ?? '' })),
    );
  },
);

const skipped = database.statement(
  'payments.capture-skipped',
  `INSERT INTO handled (event_id, consumer) VALUES ($1, 'payments-capture') ON CONFLICT DO NOTHING`,
);

const captured = database.statement(
  'payments.captured',
  `WITH k AS (INSERT INTO handled (event_id, consumer) VALUES ($1, 'payments-capture') ON CONFLICT DO NOTHING RETURNING event_id),
   p AS (
     UPDATE payment SET status = 'PAID', captured = amount, updated_at = now()
     FROM k WHERE order_id = $2 AND NOT voided AND status = 'AUTHORIZED' RETURNING payment.id),
   x AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT a.* FROM k, unnest($4::text[], $5::text[], $6::text[], $7::jsonb[]) AS a WHERE $3 OR EXISTS (SELECT 1 FROM p))
   SELECT id FROM p`,
);
