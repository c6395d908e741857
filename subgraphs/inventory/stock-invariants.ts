import { database } from './database.ts';

export interface StockFinding {
  /** `on-hand`, `reserved`, `available` or `outbox`. */
  invariant: string;
  /** The variant and the location, or the event. */
  subject: string;
  detail: string;
}

/** A finding more than this is cut off: who reads the first hundred knows enough. */
const MOST_FINDINGS = 100;

/**
 * What breaks the books of the stock that moved or was promised in a window; empty when all is well: on hand is the sum
 * of the journal, reserved the sum of the open reservations, never is more promised than there is unless it may be
 * backordered, and what was to be announced was handled within a minute. One statement sees the books as of one moment.
 */
export const brokenStockInvariants = (
  since = new Date(0),
  until = new Date(Date.now() + 60_000),
): Promise<StockFinding[]> => broken(since, until);

/**
 * Reads what is younger than a variant's checkpoint, however long its journal is: what lies before is counted again by
 * `countJournal`, which marks the variants that differ. (The order says to the planner that the index is meant, also where one
 * variant has most of the movements.)
 */
export const BROKEN = `WITH touched AS (
     SELECT variant_id FROM stock_movement WHERE at >= $1 AND at < $2
     UNION SELECT unnest(variant_ids) FROM reservation WHERE changed_at >= $1 AND changed_at < $2
     UNION SELECT variant_id FROM stock_checkpoint WHERE differs),
   journal AS (
     SELECT variant_id, location_id, sum(change) AS on_hand FROM (
       SELECT variant_id, l.key AS location_id, l.value::bigint AS change
       FROM touched JOIN stock_checkpoint c USING (variant_id) CROSS JOIN jsonb_each_text(c.on_hand) AS l
       UNION ALL SELECT variant_id, m.location_id, m.change
       FROM touched t LEFT JOIN stock_checkpoint c USING (variant_id) CROSS JOIN LATERAL (
         SELECT location_id, change FROM stock_movement m
         WHERE m.variant_id = t.variant_id AND m.id > coalesce(c.movement_id, 0) ORDER BY m.id OFFSET 0) AS m) AS part
     GROUP BY variant_id, location_id),
   open AS (
     SELECT line.variant_id, line.location_id, sum(line.quantity) AS reserved
     FROM reservation r CROSS JOIN unnest(r.variant_ids, r.location_ids, r.quantities) AS line(variant_id, location_id, quantity)
     WHERE r.state IN ('RESERVED', 'COMMITTED') AND line.variant_id IN (SELECT variant_id FROM touched)
     GROUP BY line.variant_id, line.location_id),
   book AS (
     SELECT concat(variant_id, '@', location_id) AS subject, coalesce(s.on_hand, 0) AS on_hand, coalesce(s.reserved, 0) AS reserved,
       coalesce(s.backorder_limit, 0) AS backorder_limit, coalesce(journal.on_hand, 0) AS journal, coalesce(open.reserved, 0) AS open
     FROM (SELECT * FROM stock WHERE variant_id IN (SELECT variant_id FROM touched)) AS s
     FULL JOIN journal USING (variant_id, location_id) FULL JOIN open USING (variant_id, location_id))
   SELECT 'on-hand' AS invariant, subject, format('%s on hand, its journal comes to %s', on_hand, journal) AS detail
   FROM book WHERE on_hand <> journal
   UNION ALL SELECT 'reserved', subject, format('%s reserved, open reservations come to %s', reserved, open)
   FROM book WHERE reserved <> open
   UNION ALL SELECT 'available', subject, format('%s on hand, %s reserved, %s may be backordered', on_hand, reserved, backorder_limit)
   FROM book WHERE on_hand - reserved < -backorder_limit OR reserved < 0
   UNION ALL SELECT 'outbox', id, format('%s is not handled since %s', topic, created_at)
   FROM outbox WHERE created_at < now() - interval '1 minute'
   LIMIT ${MOST_FINDINGS}`;

const broken = database.statement<StockFinding>('inventory.broken-invariants', BROKEN, 'values');
