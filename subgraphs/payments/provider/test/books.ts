import { money } from '#platform/money/money.ts';
import { paymentsConfig } from '../../config.ts';
import { database } from '../../database.ts';
import type { ProviderPayment, ProviderRefund } from '../payment-provider.ts';
import { DECLINES, type IntentStatus, STATUSES } from './cards.ts';
import { tellSql } from './webhooks.ts';

export interface Intent {
  id: string;
  idempotency_key: string;
  token: string;
  status: IntentStatus;
  decline: string | null;
  amount: bigint;
  currency: string;
  captured: bigint;
  refunded: bigint;
  secret: string;
  hidden_until: Date | null;
  created_at: Date;
}

export interface Refund {
  id: string;
  idempotency_key: string | null;
  intent_id: string;
  status: 'pending' | 'succeeded' | 'failed';
  amount: bigint;
  currency: string;
  created_at: Date;
}

export function shownIntent(intent: Intent | undefined): ProviderPayment {
  if (!intent) throw new Error('The test provider has no such payment.');
  const { id, status, decline, secret } = intent;
  const url = `${paymentsConfig.publicUrl}/test-provider/challenge?payment=${id}&secret=${secret}`;
  return {
    ...{ ref: id, key: intent.idempotency_key, status: STATUSES[status] },
    amount: money(BigInt(intent.amount), intent.currency),
    ...{ captured: BigInt(intent.captured), refunded: BigInt(intent.refunded), createdAt: new Date(intent.created_at) },
    nextAction: status === 'requires_action' ? { type: 'redirect_to_url', url, clientSecret: null } : null,
    refusal: decline ? { code: decline, message: DECLINES[decline] ?? DECLINES.card_declined! } : null,
  };
}

export function shownRefund(refund: Refund): ProviderRefund {
  return {
    ...{ ref: refund.id, key: refund.idempotency_key, paymentRef: refund.intent_id },
    status: ({ pending: 'PENDING', succeeded: 'SUCCEEDED', failed: 'FAILED' } as const)[refund.status],
    amount: money(BigInt(refund.amount), refund.currency),
    createdAt: new Date(refund.created_at),
    refusal:
      refund.status === 'failed' ? { code: 'refund_failed', message: 'The bank did not take the money back.' } : null,
  };
}

// The touch of an existing row makes it return as it is: an idempotency key answers with what it did before.
export const open = database.groupedStatement<Intent & { made: boolean }>(
  'test-provider.open',
  `WITH i AS (
     INSERT INTO test_intent (id, idempotency_key, token, status, decline, amount, currency, secret, hidden_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => $9::float8 / 1000))
     ON CONFLICT (idempotency_key) DO UPDATE SET idempotency_key = excluded.idempotency_key
     RETURNING *, xmax = 0 AS made),
   w AS (${tellSql('payment', 'i', '$10 AND made')})
   SELECT * FROM i`,
);

const SEEN = '(hidden_until IS NULL OR hidden_until <= now())';

export const byId = database.statement<Intent>(
  'test-provider.by-id',
  `SELECT * FROM test_intent WHERE id = $1 AND ${SEEN}`,
);

export const byKey = database.statement<Intent>(
  'test-provider.by-key',
  `SELECT * FROM test_intent WHERE idempotency_key = $1 AND ${SEEN}`,
);

/** Many at once; each answers as it is then. More than is authorized is not taken. */
export const captureAll = database.statement<Intent>(
  'test-provider.capture',
  // Locked before they are read: who waited for another sees what that one did.
  `WITH n AS MATERIALIZED (SELECT id, max(amount) AS amount FROM unnest($1::text[], $2::bigint[]) AS n(id, amount) GROUP BY id),
   s AS MATERIALIZED (
     SELECT i.*, n.amount AS asked FROM test_intent i JOIN n USING (id) ORDER BY i.id FOR UPDATE OF i),
   t AS (
     UPDATE test_intent i SET status = 'succeeded', captured = s.asked FROM s
     WHERE i.id = s.id AND s.status = 'requires_capture' AND s.asked BETWEEN 1 AND s.amount RETURNING i.*),
   w AS (${tellSql('payment', 't', '$3')})
   SELECT id, idempotency_key, token, status, decline, amount, currency, captured, refunded, secret, created_at FROM t
   UNION ALL
   SELECT id, idempotency_key, token, status, decline, amount, currency, captured, refunded, secret, created_at FROM s
   WHERE NOT EXISTS (SELECT FROM t WHERE t.id = s.id)`,
);

export const release = database.statement<Intent>(
  'test-provider.release',
  `WITH i AS (
     UPDATE test_intent SET status = CASE status WHEN 'succeeded' THEN status ELSE 'canceled' END WHERE id = $1 RETURNING *),
   w AS (${tellSql('payment', 'i', `$2 AND status = 'canceled'`)})
   SELECT * FROM i`,
);

export const challenge = database.statement<Intent>(
  'test-provider.challenge',
  `WITH was AS MATERIALIZED (SELECT id, status FROM test_intent WHERE id = $1 AND secret = $2 FOR UPDATE),
   i AS (
     UPDATE test_intent SET status = CASE was.status WHEN 'requires_action' THEN $3 ELSE was.status END,
       decline = CASE was.status WHEN 'requires_action' THEN $4 ELSE decline END
     FROM was WHERE test_intent.id = was.id RETURNING test_intent.*, was.status = 'requires_action' AS answered),
   w AS (${tellSql('payment', 'i', 'answered')})
   SELECT * FROM i`,
);

// Within what was captured: the row's own lock holds two at once apart.
export const giveBack = database.statement<Refund>(
  'test-provider.refund',
  `WITH known AS (SELECT * FROM test_refund WHERE idempotency_key = $2),
   i AS (
     UPDATE test_intent SET refunded = refunded + $4::bigint
     WHERE id = $3 AND captured - refunded >= $4::bigint AND NOT EXISTS (SELECT FROM known) RETURNING *),
   r AS (
     INSERT INTO test_refund (id, idempotency_key, intent_id, status, amount, currency, becomes, becomes_at)
     SELECT $1, $2, id, CASE $5 WHEN 'succeeded' THEN 'pending' ELSE 'succeeded' END, $4::bigint, currency, $5,
       CASE WHEN $5::text IS NOT NULL THEN now() + interval '2 seconds' END FROM i RETURNING *),
   w AS (${tellSql('refund', 'r', '$6')})
   SELECT * FROM r UNION ALL SELECT * FROM known`,
);

export const refundByKey = database.statement<Refund>(
  'test-provider.refund-by-key',
  'SELECT * FROM test_refund WHERE idempotency_key = $1',
);

/** The bank's word on refunds that waited for it. */
export const settleRefunds = database.statement<Refund>(
  'test-provider.settle-refunds',
  `WITH r AS (
     UPDATE test_refund SET status = becomes, becomes_at = NULL WHERE becomes_at <= now() RETURNING *),
   i AS (
     UPDATE test_intent i SET refunded = i.refunded - f.amount
     FROM (SELECT intent_id, sum(amount)::bigint AS amount FROM r WHERE status = 'failed' GROUP BY intent_id) f WHERE i.id = f.intent_id),
   w AS (${tellSql('refund', 'r', 'true')})
   SELECT * FROM r`,
);

export const madeIn = database.statement<Intent>(
  'test-provider.made-in',
  `SELECT * FROM test_intent WHERE created_at >= $1 AND created_at < $2 AND id > $3 AND ${SEEN} ORDER BY id LIMIT $4`,
);

export const refundedIn = database.statement<Refund>(
  'test-provider.refunded-in',
  'SELECT * FROM test_refund WHERE created_at >= $1 AND created_at < $2 AND id > $3 ORDER BY id LIMIT $4',
);
