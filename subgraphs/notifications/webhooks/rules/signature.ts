import { createHmac } from 'node:crypto';

/** A secret as receivers know it: Standard Webhooks 1.0, "Symmetric signatures". */
export const shownSecret = (key: Buffer): string => `whsec_${key.toString('base64')}`;

/** The headers that prove a message (Standard Webhooks 1.0, "Webhook headers"); `body` is exactly what is sent. */
export function signedHeaders(key: Buffer, id: string, body: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
