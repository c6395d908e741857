import { consumersOf } from '#platform/outbox/routes.ts';
import { stockLow } from './contracts/inventory.events.ts';

/** What counts as low where staff set nothing else. */
export const LOW_STOCK = 5;

const THRESHOLD = `coalesce(low_stock_at, ${LOW_STOCK})`;

/**
 * Common table expressions that announce, in the statement that takes goods, of which variants what can be promised fell
 * to the threshold by it. They read `fall`, what can be promised of each variant as locked and the `quantity` that is
 * taken of it: what fell is known from before and after alone, so that no statement has to remember what it told, and
 * mostly no row is written. `when` says whether anything is taken; `consumers` is the parameter that carries
 * `lowStockConsumers()`.
 */
export const announceLow = (when: string, consumers: `$${number}`): string => `
   low AS MATERIALIZED (
     SELECT variant_id, available - quantity AS available, ${THRESHOLD} AS threshold,
       'evt_' || translate(gen_random_uuid()::text, '-', '') AS event_id
     FROM fall WHERE available > ${THRESHOLD} AND available - quantity <= ${THRESHOLD} AND ${when}),
   announced AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT event_id || '-' || consumer, '${stockLow.topic}', consumer,
       jsonb_build_object('variantId', variant_id, 'available', available, 'threshold', threshold)
     FROM low CROSS JOIN unnest(${consumers}::text[]) AS consumer)`;

export const lowStockConsumers = (): readonly string[] => consumersOf(stockLow.topic);
