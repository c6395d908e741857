import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '#platform/auth/keys.config.ts';
import { notificationsConfig } from '../config.ts';
import { NoticeKind } from './notice-kind.ts';

const macOf = (said: string): Buffer => createHmac('sha256', deriveKey('unsubscribe')).update(said).digest();

/** Addresses are the same in any case. */
export const mailKey = (email: string): string => email.trim().toLowerCase();

/** Ends mails of a kind to an address, for whoever has it: it stands in each of them, and is good for ever. */
export function unsubscribeToken(email: string, kind: NoticeKind): string {
  const said = Buffer.from(JSON.stringify([mailKey(email), kind])).toString('base64url');
  return `${said}.${macOf(said).toString('base64url')}`;
}

/** Null for what was not signed here. */
export function readUnsubscribeToken(token: string): { email: string; kind: NoticeKind } | null {
  const [said = '', mac = ''] = token.split('.');
  const [given, expected] = [Buffer.from(mac, 'base64url'), macOf(said)];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const [email, kind] = JSON.parse(Buffer.from(said, 'base64url').toString()) as [string, string];
  return Object.hasOwn(NoticeKind, kind) ? { email, kind: kind as NoticeKind } : null;
}

/** The page that asks once more, for people; and the address that takes a mail program's one click (RFC 8058). */
export function unsubscribeLinks(email: string, kind: NoticeKind): { page: string; oneClick: string } {
  const query = new URLSearchParams({ token: unsubscribeToken(email, kind) });
  return {
    page: `${notificationsConfig.storefrontUrl}/unsubscribe?${query}`,
    oneClick: `${notificationsConfig.publicUrl}/unsubscribe?${query}`,
  };
}
