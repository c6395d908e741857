import { consumersOf } from '#platform/outbox/routes.ts';
import { stockLow } from './contracts/inventory.events.ts';

/** What counts as low where staff set nothing else. */
export const LOW_STOCK = 5;

const THRESHOLD = `coalesce(max(low_stock_at), ${LOW_STOCK})`;

/**
 * Common table expressions that announce, in the statement that takes goods, of which variants what can be promised fell
 * to the threshold by it. They read `locked`, all stock of the variants with the `quantity` that is taken of each: what
 * fell is known from before and after alone, so that no statement has to remember what it told, and mostly no row is
 * written. `when` says whether anything is taken; `consumers` is the parameter that carries `lowStockConsumers()`.
 */
export const announceLow = (when: string, consumers: `$${number}`): string => `
   low AS MATERIALIZED (
     SELECT variant_id, sum(on_hand - reserved) - min(quantity) AS available, ${THRESHOLD} AS threshold,
       'evt_' || translate(gen_random_uuid()::text, '-', '') AS event_id
     FROM locked WHERE ${when} GROUP BY variant_id
     HAVING sum(on_hand - reserved) > ${THRESHOLD} AND sum(on_hand - reserved) - min(quantity) <= ${THRESHOLD}),
   announced AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT event_id || '-' || consumer, '${stockLow.topic}', consumer,
       jsonb_build_object('variantId', variant_id, 'available', available, 'threshold', threshold)
     FROM low CROSS JOIN unnest(${consumers}::text[]) AS consumer)`;

export const lowStockConsumers = (): readonly string[] => consumersOf(stockLow.topic);
