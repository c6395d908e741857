import { newId } from '#platform/database/id.ts';
import { database } from '../database.ts';
import type { Found } from '../rules/order-books.ts';

/** A stretch of time in which an audit looks at what moved. */
export interface Window {
  readonly since: Date;
  readonly until: Date;
}

export interface Kept {
  readonly id: string;
  readonly invariant: string;
  readonly subject: string;
  readonly detail: string;
}

/** A list this long was cut off: that something is not on it says nothing. */
export const MOST_TOLD = 100;

/**
 * Keeps what an audit found in a window. What is found a second time, `afterMs` after the first, is confirmed: those that
 * became so now are answered. What was known of this window and is not found any more is closed, or, if it was never
 * more than a suspicion, forgotten. `open` says whether this is the window in which to look for something again.
 */
export async function keepFindings(
  source: string,
  { since, until }: Window,
  found: readonly Found[],
  afterMs: number,
): Promise<{ confirmed: Kept[]; open: boolean }> {
  // One row each: the same thing may be told twice.
  const once = [...new Map(found.map((each) => [`${each.invariant}\n${each.subject}`, each])).values()];
  const columns = [once.map((each) => each.invariant), once.map((each) => each.subject)];
  const kept = await keep(
    once.map(() => newId('fnd')),
    ...columns,
    once.map((each) => each.detail.slice(0, 1_000)),
    source,
    since,
    until,
    afterMs,
  );
  if (once.length < MOST_TOLD) await close(source, since, until, ...columns);
  return { confirmed: kept.filter((row) => row.confirmed_now), open: kept.some((row) => row.newest_here) };
}

const keep = database.statement<Kept & { confirmed_now: boolean; newest_here: boolean }>(
  'operations.keep-findings',
  `INSERT INTO finding AS known (id, invariant, subject, detail, source, since, until)
   SELECT id, invariant, subject, detail, $5, $6::timestamptz, $7::timestamptz
   FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS f(id, invariant, subject, detail)
   ON CONFLICT (invariant, subject) WHERE closed_at IS NULL DO UPDATE SET
     last_seen_at = now(), detail = excluded.detail, source = excluded.source,
     since = CASE WHEN excluded.until > known.until THEN excluded.since ELSE known.since END,
     until = greatest(excluded.until, known.until),
     confirmed_at = coalesce(known.confirmed_at,
       CASE WHEN known.first_seen_at <= now() - make_interval(secs => $8::float8 / 1000) THEN now() END)
   RETURNING id, invariant, subject, detail, coalesce(confirmed_at = now()::timestamptz(3), false) AS confirmed_now,
     until = $7::timestamptz AS newest_here`,
);

const close = database.statement(
  'operations.close-findings',
  `WITH gone AS (
     SELECT id, confirmed_at FROM finding
     WHERE closed_at IS NULL AND source = $1 AND since >= $2::timestamptz AND until <= $3::timestamptz
       AND (invariant, subject) NOT IN (SELECT * FROM unnest($4::text[], $5::text[]))
     FOR UPDATE),
   forgotten AS (DELETE FROM finding USING gone WHERE finding.id = gone.id AND gone.confirmed_at IS NULL)
   UPDATE finding SET closed_at = now() FROM gone WHERE finding.id = gone.id AND gone.confirmed_at IS NOT NULL`,
);
