import { defineListener } from '#platform/outbox/listener.ts';
import { unitsSold } from '#subgraphs/orders/contracts/orders.events.ts';
import { followNews } from './follow-news.ts';

/** What sells is what the best-selling are sorted by. */
export const followSales = defineListener(unitsSold, 'catalog-follow-sales', ({ payload: { products, sequence } }) =>
  followNews(KEEP, JSON.stringify(products), sequence),
);

const KEEP = `
  INSERT INTO product_news AS known (product_id, sold, sold_sequence)
  SELECT "productId", units, $2::bigint FROM jsonb_to_recordset($1::jsonb) AS row("productId" text, units bigint)
  ORDER BY 1
  ON CONFLICT (product_id) DO UPDATE SET sold = excluded.sold, sold_sequence = excluded.sold_sequence
    WHERE known.sold_sequence < excluded.sold_sequence
  RETURNING product_id`;
