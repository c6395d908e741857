import { database } from '../database.ts';

/** Notes events as handled and, for each endpoint that wants them, a delivery of their messages: one statement. */
export const putMessages = database.statement<{ id: string }>(
  'notifications.webhook-put',
  `WITH noted AS (
     INSERT INTO handled (event_id, consumer) SELECT unnest($1::text[]), 'notifications-webhooks' ON CONFLICT DO NOTHING RETURNING event_id),
   wanted AS (
     SELECT m.id, m.kind, m.body FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS m(id, event_id, kind, body)
     JOIN noted USING (event_id)
     WHERE EXISTS (SELECT FROM webhook_endpoint e WHERE e.disabled_at IS NULL AND m.kind = ANY (e.kinds))),
   put AS (INSERT INTO webhook_message (id, kind, body) SELECT id, kind, body FROM wanted ON CONFLICT DO NOTHING RETURNING id, kind)
   INSERT INTO webhook_delivery (id, endpoint_id, message_id)
   SELECT 'whd_' || replace(gen_random_uuid()::text, '-', ''), e.id, put.id
   FROM put JOIN webhook_endpoint e ON e.disabled_at IS NULL AND put.kind = ANY (e.kinds) RETURNING id`,
);

/** A delivery to be tried now. */
export interface DueDelivery {
  id: string;
  endpoint_id: string;
  url: string;
  secret_version: number;
  message_id: string;
  body: string;
  /** This try counted. */
  tries: number;
}

/**
 * Takes what is due, a few of each endpoint, so that one that is slow holds up no other; $1 are endpoints that are busy, $2
 * is how many to take, $3 the seconds after which a try that is not heard of counts as lost. Several workers share them out.
 */
export const takeDue = database.statement<DueDelivery>(
  'notifications.webhook-take',
  `WITH ranked AS (
     SELECT d.id, d.due_at, row_number() OVER (PARTITION BY d.endpoint_id ORDER BY d.due_at, d.id) AS nth
     FROM webhook_delivery d JOIN webhook_endpoint e ON e.id = d.endpoint_id
     WHERE d.due_at <= now() AND e.disabled_at IS NULL AND d.endpoint_id <> ALL ($1::text[])),
   due AS (
     SELECT d.id FROM webhook_delivery d JOIN ranked USING (id)
     WHERE nth <= 4 AND d.due_at <= now() ORDER BY ranked.due_at LIMIT $2 FOR UPDATE OF d SKIP LOCKED)
   UPDATE webhook_delivery d SET tries = d.tries + 1, due_at = now() + make_interval(secs => $3::float8)
   FROM due, webhook_endpoint e, webhook_message m
   WHERE d.id = due.id AND e.id = d.endpoint_id AND m.id = d.message_id
   RETURNING d.id, d.endpoint_id, e.url, e.secret_version, d.message_id, m.body, d.tries`,
);

/**
 * Writes down how a try ended: $2 its status, $3 the milliseconds until the next, null when there is none. `$8` and `$9` say
 * whether the endpoint takes no more at all, and after how many days of failing it is left alone.
 */
export const endTry = database.statement<{ disabled_reason: string | null }>(
  'notifications.webhook-end-try',
  `WITH ended AS (
     UPDATE webhook_delivery SET status = $2::text, due_at = now() + make_interval(secs => $3::float8 / 1000) WHERE id = $1 RETURNING endpoint_id),
   logged AS (
     INSERT INTO webhook_attempt (id, delivery_id, at, duration_ms, status, error, answer)
     SELECT 'wha_' || replace(gen_random_uuid()::text, '-', ''), $1, now() - make_interval(secs => $4::int / 1000.0), $4::int, $5::int, $6, $7 FROM ended)
   UPDATE webhook_endpoint e SET
     failing_since = CASE WHEN $2::text = 'DELIVERED' THEN NULL ELSE coalesce(e.failing_since, now()) END,
     disabled_at = CASE WHEN $8::bool OR ($2::text <> 'DELIVERED' AND e.failing_since < now() - make_interval(secs => $9::float8 * 86400)) THEN now() ELSE e.disabled_at END,
     disabled_reason = CASE WHEN $8::bool THEN 'It answered 410 Gone.'
       WHEN $2::text <> 'DELIVERED' AND e.failing_since < now() - make_interval(secs => $9::float8 * 86400) THEN format('Nothing arrived for %s days.', $9::float8)
       ELSE e.disabled_reason END
   FROM ended WHERE e.id = ended.endpoint_id AND ($2::text <> 'DELIVERED' OR e.failing_since IS NOT NULL OR $8::bool)
   RETURNING e.disabled_reason`,
);
