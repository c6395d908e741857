import { defineListener } from '#platform/outbox/listener.ts';
import { stockTurned } from '#subgraphs/inventory/contracts/inventory.events.ts';
import { followNews } from './follow-news.ts';

/** What is sold out, and what is there again, is found so. */
export const followStock = defineListener(stockTurned, 'catalog-follow-stock', ({ payload: { variants, sequence } }) =>
  followNews(KEEP, JSON.stringify(variants), sequence),
);

// A variant that is not known yet keeps its stock for when it is.
const KEEP = `WITH kept AS (
    INSERT INTO variant_stock AS known (variant_id, in_stock, sequence)
    SELECT "variantId", "inStock", $2::bigint FROM jsonb_to_recordset($1::jsonb) AS row("variantId" text, "inStock" boolean)
    ORDER BY 1
    ON CONFLICT (variant_id) DO UPDATE SET in_stock = excluded.in_stock, sequence = excluded.sequence
      WHERE known.sequence < excluded.sequence
    RETURNING variant_id)
  SELECT DISTINCT v.product_id FROM kept JOIN variant v ON v.id = kept.variant_id`;
