/**
 * The part that statements which promise goods have in common, as common table expressions. Give it
 * `want(variant_id, quantity)`, one row a variant and none below 1 that is to be served; it locks all stock of these
 * variants and answers
 *
 * - `locked`: the stock as it is now, whoever changed it while this waited;
 * - `portion(variant_id, location_id, nth, quantity)`: where each is taken from: locations by priority, and what none of
 *   them has from `main`, as far as it may be backordered there;
 * - `short(variant_id, requested, available)`: what there is not enough of.
 *
 * Stock is locked in the order of variant, then location, by every statement that locks more than one row, so that no
 * two wait for each other crosswise. What is written must derive from `locked`: a row read again by UPDATE is as old as
 * the snapshot, and its CHECK constraints are tried on that before Postgres notices.
 */
export const ALLOCATION = `
   locked AS (
     SELECT s.*, want.quantity FROM stock s JOIN want USING (variant_id)
     ORDER BY s.variant_id COLLATE "C", s.location_id COLLATE "C" FOR NO KEY UPDATE OF s),
   shelf AS (
     SELECT l.variant_id, l.location_id, l.quantity, row_number() OVER by_priority AS nth,
       greatest(on_hand - reserved, 0) AS free,
       sum(greatest(on_hand - reserved, 0)) OVER by_priority AS free_until,
       sum(greatest(on_hand - reserved, 0)) OVER (PARTITION BY l.variant_id) AS free_in_all,
       CASE WHEN backorderable THEN greatest(backorder_limit + least(on_hand - reserved, 0), 0) ELSE 0 END AS credit
     FROM locked l JOIN location ON location.id = l.location_id
     WINDOW by_priority AS (PARTITION BY l.variant_id ORDER BY location.priority, l.location_id COLLATE "C")),
   portion AS (
     SELECT * FROM (
       SELECT variant_id, location_id, nth, (least(free, greatest(quantity - (free_until - free), 0))
         + least(credit, greatest(quantity - free_in_all, 0)))::int AS quantity
       FROM shelf) AS p WHERE quantity > 0),
   short AS (
     SELECT want.variant_id, want.quantity AS requested, least(coalesce(sum(free + credit), 0), 2147483647)::int AS available
     FROM want LEFT JOIN shelf USING (variant_id) GROUP BY want.variant_id, want.quantity
     HAVING coalesce(sum(free + credit), 0) < want.quantity)`;

/** `short` as what a caller is told. */
export const SHORTAGES = `(SELECT coalesce(json_agg(json_build_object('variantId', variant_id, 'requested', requested, 'available', available)
       ORDER BY variant_id COLLATE "C"), '[]') FROM short) AS shortages`;
