import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '#platform/auth/keys.config.ts';
import { invoiceConfig } from './config.ts';

const VALID_MS = 600_000;

/** Where an order's invoice, or a refund's credit note, is for ten minutes: whoever has the link sees an address. */
export const invoiceUrlOf = (id: string, now = Date.now()): string =>
  `${invoiceConfig.publicUrl}/invoices/${id}.pdf?grant=${makeInvoiceGrant(id, now)}`;

/** Paid, and nothing of it is open: what an edit made due is no part of what was bought yet. */
export const hasInvoice = (order: { paid_at: Date | null; balance: bigint }): boolean =>
  order.paid_at !== null && order.balance === 0n;

export function makeInvoiceGrant(id: string, now = Date.now()): string {
  const expires = (now + VALID_MS).toString(36);
  return `${expires}.${sign(id, expires)}`;
}

export function isInvoiceGranted(id: string, grant: string, now = Date.now()): boolean {
  const [expires, signature] = grant.split('.');
  if (!expires || !signature) return false;
  // Written so that a time which is none is refused too.
  if (!(Number.parseInt(expires, 36) >= now)) return false;
  const expected = Buffer.from(sign(id, expires));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const sign = (id: string, expires: string): string =>
  createHmac('sha256', deriveKey('invoice-grant')).update(`${id}.${expires}`).digest('base64url');
