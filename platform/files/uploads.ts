import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '#platform/auth/keys.config.ts';
import { pictureLimitBytes, publicUrl } from './config.ts';
import { UPLOADS } from './image-url.ts';

/** Where bytes may be sent, once or again, until then. */
export interface UploadAddress {
  /** For `PUT`; whoever has it may send, so it is told to nobody but who asked. */
  readonly url: string;
  readonly limitBytes: number;
  readonly expiresAt: Date;
}

const GOOD_FOR_MS = 15 * 60_000;

/** `id` is e.g. `upl_01JD…`. */
export function uploadAddress(id: string, now = Date.now()): UploadAddress {
  const expires = Math.floor((now + GOOD_FOR_MS) / 1000);
  const signature = sign(id, pictureLimitBytes, expires);
  const url = `${publicUrl}${UPLOADS_PATH}/${id}?bytes=${pictureLimitBytes}&expires=${expires}&signature=${signature}`;
  return { url, limitBytes: pictureLimitBytes, expiresAt: new Date(expires * 1000) };
}

/** Of this process and every other that takes uploads. */
export const UPLOADS_PATH = '/uploads';

/** What a signed address allows; a sentence where it allows nothing. */
export function readUploadAddress(address: string, now = Date.now()): { id: string; limitBytes: number } | string {
  const url = new URL(address, 'http://files');
  const id = /^\/uploads\/(upl_[0-9A-Z]{26})$/.exec(url.pathname)?.[1];
  const [limitBytes, expires] = ['bytes', 'expires'].map((name) => Number(url.searchParams.get(name)));
  const given = Buffer.from(url.searchParams.get('signature') ?? '');
  if (!id || !limitBytes || !expires) return NOT_SIGNED;
  const signature = Buffer.from(sign(id, limitBytes, expires));
  if (given.length !== signature.length || !timingSafeEqual(given, signature)) return NOT_SIGNED;
  if (expires * 1000 < now) return 'This address was good for 15 minutes: ask for another.';
  return { id, limitBytes };
}

const NOT_SIGNED = 'This is no address of an upload: ask for one by imageUploadCreate.';

/** Where the bytes of an upload lie. */
export const uploadKey = (id: string): string => `${UPLOADS}${id.toLowerCase().replace('_', '-')}.bin`;

const sign = (id: string, limitBytes: number, expires: number): string =>
  createHmac('sha256', deriveKey('upload')).update(`${id} ${limitBytes} ${expires}`).digest('base64url');
