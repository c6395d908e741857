import { createHmac } from 'node:crypto';
import { type Agent, request } from 'undici';
import { deriveKey } from '#platform/auth/keys.config.ts';
import { PrivateAddress, publicAgent } from '#platform/files/public-network.ts';
import { signedHeaders } from './rules/signature.ts';
import type { DueDelivery } from './webhook.records.ts';
import { webhooksConfig } from './webhooks.config.ts';

/** How a request to a receiver ended. */
export interface Sent {
  readonly durationMs: number;
  /** Null when there was no answer; then `error` says why. */
  readonly status: number | null;
  readonly error: string | null;
  /** The beginning of the answer. */
  readonly answer: string | null;
  readonly retryAfterSeconds: number | null;
}

/** The key of an endpoint: derived, so that no table holds it, and another one with each version. */
export const endpointKey = (endpointId: string, version: number): Buffer =>
  createHmac('sha256', deriveKey('webhooks')).update(`${endpointId}.${version}`).digest();

const MOST_ANSWER_BYTES = 1_000;
let agent: Agent | undefined;

/** Asks once, follows nothing, and never throws: what goes wrong is part of the log. */
export async function sendWebhook(delivery: DueDelivery, stopping: AbortSignal): Promise<Sent> {
  agent ??= publicAgent(webhooksConfig.privateNetworks);
  const at = new Date();
  const since = performance.now();
  const ended = (sent: Partial<Sent>): Sent => ({
    ...{ status: null, error: null, answer: null, retryAfterSeconds: null },
    ...sent,
    durationMs: Math.round(performance.now() - since),
  });
  const key = endpointKey(delivery.endpoint_id, delivery.secret_version);
  try {
    const { statusCode, headers, body } = await request(delivery.url, {
      method: 'POST',
      dispatcher: agent,
      signal: AbortSignal.any([stopping, AbortSignal.timeout(webhooksConfig.timeoutMs)]),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Souk-Webhooks/1',
        ...signedHeaders(key, delivery.message_id, delivery.body, at),
      },
      body: delivery.body,
    });
    const answer = await beginningOf(body);
    const retryAfter = Number(headers['retry-after']);
    return ended({ status: statusCode, answer, retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null });
  } catch (reason) {
    return ended({ error: told(reason) });
  }
}

async function beginningOf(
  body: AsyncIterable<Buffer> & { destroy(): unknown; on(event: 'error', hear: () => void): unknown },
) {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= MOST_ANSWER_BYTES) break;
  }
  // Without NUL, which Postgres takes in no text.
  return Buffer.concat(chunks).subarray(0, MOST_ANSWER_BYTES).toString().replaceAll('\0', '');
}

/** Names no address within: who reads the log must not learn by it what answers where. */
function told(reason: unknown): string {
  for (let cause = reason; cause instanceof Error; cause = cause.cause)
    if (cause instanceof PrivateAddress) return 'Its address is in a private network, where nothing is sent.';
  const { name, code } = reason as { name?: string; code?: string };
  if (name === 'TimeoutError') return `No answer within ${webhooksConfig.timeoutMs / 1_000} seconds.`;
  return code === 'ENOTFOUND' ? 'Its name leads nowhere.' : 'It cannot be reached, or hung up.';
}
