import { createHmac, timingSafeEqual } from 'node:crypto';
import { type CarrierNews, type CarrierWebhook, ForgedWebhook } from './carrier.ts';
import { newsOf, type Tracker } from './easypost-tracker.ts';

/** How far its clock may be from ours, both ways: what is older may be a recording. */
const TOLERANCE_MS = 5 * 60_000;

/**
 * An Event of EasyPost, once its `X-Hmac-Signature-V2` is found to be over the `X-Timestamp` (RFC 2822), the method, the
 * `X-Path` and the body as they came, by HMAC-SHA256 under the webhook's secret (NFKD):
 * https://docs.easypost.com/docs/webhooks and its article "Webhook HMAC Validation".
 */
export function readEasyPostWebhook(webhook: CarrierWebhook, secret: string): CarrierNews | null {
  const { method, headers, body, now } = webhook;
  const [signature, timestamp, path] = ['x-hmac-signature-v2', 'x-timestamp', 'x-path'].map((name) => headers[name]);
  if (typeof signature !== 'string' || typeof timestamp !== 'string' || typeof path !== 'string')
    throw new ForgedWebhook('it is not signed');
  const key = Buffer.from(secret.normalize('NFKD'));
  const expected = createHmac('sha256', key).update(`${timestamp}${method}${path}`).update(body).digest('hex');
  const given = Buffer.from(signature.toLowerCase());
  const wanted = Buffer.from(`hmac-sha256-hex=${expected}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new ForgedWebhook('its signature is wrong');
  const age = now.getTime() - Date.parse(timestamp);
  // Written so that a time which is none is refused too.
  if (!(Math.abs(age) <= TOLERANCE_MS)) throw new ForgedWebhook(`it is ${Math.round(age / 1_000)} seconds old`);
  return newsIn(body.toString());
}

/** Null for events of other kinds, such as those of batches and reports. */
function newsIn(text: string): CarrierNews | null {
  const { result } = JSON.parse(text) as { result?: Tracker & { object?: string } };
  return result?.object === 'Tracker' && result.shipment_id ? newsOf(result.shipment_id, result) : null;
}
