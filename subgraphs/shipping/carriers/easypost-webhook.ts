import { createHmac, timingSafeEqual } from 'node:crypto';
import { type CarrierNews, type CarrierWebhook, ForgedWebhook } from './carrier.ts';
import { newsOf, type Tracker } from './easypost-tracker.ts';

/** How far its clock may be from ours, both ways: what is older may be a recording. */
const TOLERANCE_MS = 5 * 60_000;
/** What is sent again for longer is not waited for: where the parcel is, is asked every few hours anyway. */
const OLDEST_MS = 24 * 3_600_000;

/**
 * An Event of EasyPost, once it is found to be signed under the webhook's secret (NFKD) by HMAC-SHA256, as
 * https://docs.easypost.com/docs/webhooks and the article "Webhook HMAC Validation" say. `X-Hmac-Signature` is over the body,
 * as its client libraries check it; its time is then the event's own. `X-Hmac-Signature-V2` is over `X-Timestamp` (RFC 2822), the method,
 * `X-Path` and the body, and where it is sent it alone counts. What is told again within that time is known by the event's id.
 */
export function readEasyPostWebhook(webhook: CarrierWebhook, secret: string): CarrierNews | null {
  const { method, headers, body, now } = webhook;
  const [v2, timestamp, path, v1] = ['x-hmac-signature-v2', 'x-timestamp', 'x-path', 'x-hmac-signature'].map(
    (name) => headers[name],
  );
  if (typeof v2 === 'string' && typeof timestamp === 'string' && typeof path === 'string') {
    checkSignature(v2, secret, `${timestamp}${method}${path}`, body);
    checkAge(timestamp, now, TOLERANCE_MS);
    return newsIn(JSON.parse(body.toString()));
  }
  if (typeof v1 !== 'string') throw new ForgedWebhook('it is not signed');
  checkSignature(v1, secret, '', body);
  const event: EasyPostEvent = JSON.parse(body.toString());
  checkAge(event.created_at ?? '', now, OLDEST_MS);
  return newsIn(event);
}

function checkSignature(signature: string, secret: string, before: string, body: Buffer): void {
  const key = Buffer.from(secret.normalize('NFKD'));
  const expected = createHmac('sha256', key).update(before).update(body).digest('hex');
  const given = Buffer.from(signature.toLowerCase());
  const wanted = Buffer.from(`hmac-sha256-hex=${expected}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new ForgedWebhook('its signature is wrong');
}

function checkAge(time: string, now: Date, oldestMs: number): void {
  const age = now.getTime() - Date.parse(time);
  // Written so that a time which is none is refused too.
  if (!(age >= -TOLERANCE_MS && age <= oldestMs))
    throw new ForgedWebhook(`it is ${Math.round(age / 1_000)} seconds old`);
}

/** What is read of an Event, https://docs.easypost.com/docs/events. */
interface EasyPostEvent {
  id?: string;
  created_at?: string;
  result?: Tracker & { object?: string };
}

/** Null for events of other kinds, such as those of batches and reports. */
function newsIn({ id, result }: EasyPostEvent): CarrierNews | null {
  if (result?.object !== 'Tracker' || !result.shipment_id) return null;
  return { ...newsOf(result.shipment_id, result), eventId: id ?? null };
}
