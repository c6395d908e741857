import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '#platform/auth/keys.config.ts';
import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { log } from '#platform/telemetry/log.ts';
import { paymentsConfig } from '../../config.ts';
import { database } from '../../database.ts';
import { WEBHOOK_TOLERANCE_SECONDS, type WebhookRefusal } from '../payment-provider.ts';

export const SIGNATURE = 'test-provider-signature';

/** The part of a statement that has the shop told of rows that it made; in the same commit, so that none is forgotten. */
export const tellSql = (kind: 'payment' | 'refund', rows: string, where: string): string =>
  `INSERT INTO test_webhook (id, body, due_at)
   SELECT event.id, jsonb_build_object('id', event.id, 'kind', '${kind}', 'at', now(), 'object', to_jsonb(${rows}))::text,
     now() + interval '${paymentsConfig.testWebhooks.delayMs} milliseconds'
   FROM ${rows}, LATERAL (SELECT 'evt_' || replace(gen_random_uuid()::text, '-', '') AS id WHERE ${rows}.id IS NOT NULL) AS event
   WHERE ${where}`;

/** As Stripe does (docs.stripe.com/webhooks#verify-manually). */
export const signatureOf = (body: Buffer | string, at: Date): string => {
  const t = Math.floor(at.getTime() / 1_000);
  return `t=${t},v1=${hmac(t, body).toString('hex')}`;
};

const hmac = (t: number, body: Buffer | string): Buffer =>
  createHmac('sha256', deriveKey('test-provider.webhooks')).update(`${t}.`).update(body).digest();

/** Why a delivery is not to be believed; null when it is. The clock may be off either way. */
export function distrust(header: string | undefined, body: Buffer, now: Date): WebhookRefusal | null {
  const [, t = '', v1 = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? [];
  if (!t || !timingSafeEqual(hmac(Number(t), body), Buffer.from(v1, 'hex'))) return 'bad_signature';
  const age = now.getTime() / 1_000 - Number(t);
  if (age > WEBHOOK_TOLERANCE_SECONDS) return 'too_old';
  return age < -WEBHOOK_TOLERANCE_SECONDS ? 'in_the_future' : null;
}

const LOOK_EVERY_MS = 500;
const AT_ONCE = 20;
const ANSWER_WITHIN_MS = 5_000;
const MOST_TRIES = 12;

/** Sends what is due to the shop over HTTP, again while it is not answered 2xx; many processes share it out. */
export const startTelling = (url = paymentsConfig.testWebhooks.url): Running =>
  every(LOOK_EVERY_MS, "The test provider's webhooks", () => tellDue(url));

export async function tellDue(url: string): Promise<boolean> {
  const due = await take(AT_ONCE);
  const { duplicate, reorder } = paymentsConfig.testWebhooks;
  const deliveries = due.flatMap((each) => Array.from({ length: duplicate }, () => each));
  if (reorder) deliveries.reverse();
  const answered = await Promise.all(deliveries.map(async (each) => [each.id, await deliver(url, each.body)] as const));
  const refused = new Set(answered.flatMap(([id, taken]) => (taken ? [] : [id])));
  await forget(
    due.map(({ id }) => id).filter((id) => !refused.has(id)),
    MOST_TRIES,
  );
  return due.length === AT_ONCE;
}

async function deliver(url: string, body: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/webhooks/payments/test`, {
      ...{ method: 'POST', body, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) },
      headers: { 'content-type': 'application/json', [SIGNATURE]: signatureOf(body, new Date()) },
    });
    await response.arrayBuffer();
    return response.ok;
  } catch (reason) {
    log.debug({ err: reason }, 'A webhook of the test provider was not taken; it is sent again');
    return false;
  }
}

const take = database.statement<{ id: string; body: string }>(
  'test-provider.take-webhooks',
  `WITH due AS MATERIALIZED (
     SELECT id FROM test_webhook WHERE due_at <= now() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
   UPDATE test_webhook w SET tries = tries + 1, due_at = now() + interval '5 seconds' * power(2, tries) FROM due WHERE w.id = due.id
   RETURNING w.id, w.body`,
);

const forget = database.statement(
  'test-provider.forget-webhooks',
  'DELETE FROM test_webhook WHERE id = ANY($1::text[]) OR (tries >= $2 AND due_at <= now())',
);
