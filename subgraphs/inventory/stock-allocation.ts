/**
 * The part that statements which promise goods have in common, as common table expressions. Give it
 * `want(variant_id, quantity)`, one row a variant and none below 1 that is to be served; it locks all stock of these
 * variants and answers
 *
 * - `portion(variant_id, location_id, nth, quantity, on_hand, reserved)`: where each is taken from, and what is there:
 *   locations by priority, and what none of them has from `main`, as far as it may be backordered there;
 * - `fall(variant_id, available, quantity, low_stock_at)`: what can be promised of each before, for `announceLow`;
 * - `short(variant_id, requested, available)`: what there is not enough of.
 *
 * Stock is locked in the order of variant, then location, by every statement that locks more than one row, so that no
 * two wait for each other crosswise. What is written must derive from what was locked: a row read again by UPDATE is as
 * old as the snapshot, and its CHECK constraints are tried on that before Postgres notices. (The array says to the
 * planner that these are few, also where it knows nothing of the table yet.)
 *
 * Where there is a single location it costs 1.1 times the execution time of the statement that knew no other.
 */
export const ALLOCATION = `
   locked AS (
     SELECT s.*, want.quantity FROM stock s JOIN want USING (variant_id)
     WHERE s.variant_id = ANY (ARRAY(SELECT variant_id FROM want))
     ORDER BY s.variant_id COLLATE "C", s.location_id COLLATE "C" FOR NO KEY UPDATE OF s),
   shelf AS (
     SELECT l.variant_id, l.location_id, on_hand, reserved, quantity, row_number() OVER by_priority AS nth,
       greatest(on_hand - reserved, 0) AS free,
       sum(greatest(on_hand - reserved, 0)) OVER by_priority AS free_until,
       sum(greatest(on_hand - reserved, 0)) OVER whole AS free_in_all,
       CASE WHEN backorderable THEN greatest(backorder_limit + least(on_hand - reserved, 0), 0) ELSE 0 END AS credit,
       sum(on_hand - reserved) OVER whole AS available, max(low_stock_at) OVER whole AS low_stock_at
     FROM locked l JOIN location ON location.id = l.location_id
     WINDOW whole AS (PARTITION BY l.variant_id),
       by_priority AS (PARTITION BY l.variant_id ORDER BY location.priority, l.location_id COLLATE "C")),
   portion AS (
     SELECT * FROM (
       SELECT variant_id, location_id, nth, on_hand, reserved, (least(free, greatest(quantity - (free_until - free), 0))
         + least(credit, greatest(quantity - free_in_all, 0)))::int AS quantity
       FROM shelf) AS p WHERE quantity > 0),
   fall AS (SELECT variant_id, available, quantity, low_stock_at FROM shelf WHERE nth = 1),
   short AS (
     SELECT want.variant_id, want.quantity AS requested, least(coalesce(sum(free + credit), 0), 2147483647)::int AS available
     FROM want LEFT JOIN shelf USING (variant_id) GROUP BY want.variant_id, want.quantity
     HAVING coalesce(sum(free + credit), 0) < want.quantity)`;

/** `short` as what a caller is told. */
export const SHORTAGES = `(SELECT coalesce(json_agg(json_build_object('variantId', variant_id, 'requested', requested, 'available', available)
       ORDER BY variant_id COLLATE "C"), '[]') FROM short)`;
