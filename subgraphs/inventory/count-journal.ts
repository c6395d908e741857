import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { database } from './database.ts';

const EVERY_MS = 5_000;
/** Movements a step: 40 ms of Postgres on a busy machine, or seven million an hour. */
const SLICE = 10_000;
/** No statement lives this long: what was not to be seen when one count began is there when the next does. */
const PAUSE_MS = 3_600_000;

/**
 * Counts the whole journal, from its beginning, over and over, so that the auditor need not and yet a movement that
 * somebody falsified is found however old it is.
 */
export const startCountingJournal = (): Running => every(EVERY_MS, 'The count of the journal', () => countJournal());

/**
 * One step, in the order of variants and of their movements; several counters take turns. Of each variant that is through
 * it leaves behind what its movements come to, up to the last that nothing older can still come to light beside, and
 * whether all of them come to what is on hand: where they do not, the auditor looks closely, since goods may have
 * moved while they were counted. Answers how many movements it read; null when no step is due.
 */
export async function countJournal({ slice = SLICE, pauseMs = PAUSE_MS } = {}): Promise<number | null> {
  const [step] = await count(slice, pauseMs);
  return step?.read ?? null;
}

const count = database.statement<{ read: number }>(
  'inventory.count-journal',
  `WITH due AS MATERIALIZED (SELECT *, movement_id = 0 AS begins FROM journal_count WHERE due_at <= now() FOR UPDATE SKIP LOCKED),
   walk AS MATERIALIZED (
     SELECT variant_id, movement_id, carried, CASE WHEN begins THEN now() ELSE began_at END AS began_at,
       CASE WHEN begins THEN next_settled_id ELSE settled_id END AS settled_id,
       CASE WHEN begins THEN (SELECT coalesce(max(id), 0) FROM stock_movement) ELSE next_settled_id END AS next_settled_id
     FROM due),
   slice AS MATERIALIZED (
     SELECT m.*, m.id <= walk.settled_id AS settled FROM walk CROSS JOIN LATERAL (
       SELECT variant_id, location_id, id, change FROM stock_movement
       WHERE (variant_id, id) > (walk.variant_id, walk.movement_id) ORDER BY variant_id, id LIMIT $1) AS m),
   edge AS (SELECT variant_id, id FROM slice WHERE (SELECT count(*) FROM slice) = $1 ORDER BY variant_id DESC, id DESC LIMIT 1),
   counted AS MATERIALIZED (
     SELECT variant_id, location_id, sum(base)::bigint AS base, sum(total)::bigint AS total, coalesce(max(until), 0) AS until
     FROM (
       SELECT variant_id, location_id, CASE WHEN settled THEN change ELSE 0 END AS base, change AS total,
         CASE WHEN settled THEN id END AS until
       FROM slice
       UNION ALL SELECT walk.variant_id, c.location_id, c.base, c.total, c.until
       FROM walk CROSS JOIN jsonb_to_recordset(walk.carried) AS c(location_id text, base bigint, total bigint, until bigint)) AS part
     GROUP BY variant_id, location_id),
   carried AS (
     SELECT coalesce(jsonb_agg(jsonb_build_object('location_id', location_id, 'base', base, 'total', total, 'until', until)), '[]') AS lines
     FROM counted WHERE variant_id = (SELECT variant_id FROM edge)),
   through AS (
     SELECT s.variant_id, s.location_id, s.on_hand FROM walk JOIN stock s ON s.variant_id >= walk.variant_id
     WHERE (s.variant_id < (SELECT variant_id FROM edge)) IS NOT FALSE),
   variant AS (
     SELECT variant_id, max(coalesce(until, 0)) AS until, jsonb_object_agg(location_id, coalesce(base, 0)) AS on_hand,
       bool_or(coalesce(total, 0) <> coalesce(through.on_hand, 0)) AS differs
     FROM (SELECT * FROM counted WHERE (variant_id = (SELECT variant_id FROM edge)) IS NOT TRUE) AS c
     FULL JOIN through USING (variant_id, location_id) GROUP BY variant_id),
   kept AS (
     INSERT INTO stock_checkpoint AS known (variant_id, movement_id, on_hand, differs)
     SELECT variant_id, until, on_hand, differs FROM variant
     ON CONFLICT (variant_id) DO UPDATE SET movement_id = excluded.movement_id, on_hand = excluded.on_hand, differs = excluded.differs
     WHERE (known.movement_id, known.on_hand, known.differs) IS DISTINCT FROM (excluded.movement_id, excluded.on_hand, excluded.differs)),
   moved AS (
     UPDATE journal_count j SET variant_id = coalesce(edge.variant_id, ''), movement_id = coalesce(edge.id, 0), carried = carried.lines,
       settled_id = walk.settled_id, next_settled_id = walk.next_settled_id, began_at = walk.began_at,
       due_at = CASE WHEN edge.id IS NULL THEN walk.began_at + make_interval(secs => $2::float8 / 1000) ELSE date_trunc('milliseconds', now()) END
     FROM walk CROSS JOIN carried LEFT JOIN edge ON true)
   SELECT (SELECT count(*) FROM slice)::int AS read FROM walk`,
  'values',
);
