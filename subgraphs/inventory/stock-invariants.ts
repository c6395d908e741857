import { database } from './database.ts';

/**
 * What breaks the books of the stock, as sentences; empty when all is well: on hand is the sum of the journal, reserved
 * the sum of the open reservations, and never is more promised than there is.
 */
export async function brokenStockInvariants(): Promise<string[]> {
  const rows = await broken();
  return rows.map((row) => row.sentence);
}

const broken = database.statement<{ sentence: string }>(
  'inventory.broken-invariants',
  `WITH journal AS (
     SELECT variant_id, location_id, sum(change) AS on_hand FROM stock_movement GROUP BY variant_id, location_id),
   open AS (
     SELECT line.variant_id, r.location_id, sum(line.quantity) AS reserved
     FROM reservation r CROSS JOIN unnest(r.variant_ids, r.quantities) AS line(variant_id, quantity)
     WHERE r.state IN ('RESERVED', 'COMMITTED') GROUP BY line.variant_id, r.location_id)
   SELECT format('%s: %s on hand, journal %s; %s reserved, open reservations %s', variant_id, s.on_hand,
     coalesce(journal.on_hand, 0), s.reserved, coalesce(open.reserved, 0)) AS sentence
   FROM stock s FULL JOIN journal USING (variant_id, location_id) FULL JOIN open USING (variant_id, location_id)
   WHERE s.variant_id IS NULL OR s.on_hand <> coalesce(journal.on_hand, 0) OR s.reserved <> coalesce(open.reserved, 0)
     OR s.on_hand < s.reserved`,
);
