import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const keys = new Map<string, Buffer>();

/**
 * A key of 32 bytes for one purpose, derived from SOUK_SECRET by HKDF-SHA256 (RFC 5869), so that no two purposes share
 * one. E.g. `deriveKey('order-access')`. Purposes are names in the code, never from outside: each key is kept.
 */
export function deriveKey(purpose: string): Buffer {
  let key = keys.get(purpose);
  if (!key) {
    const { SOUK_SECRET } = readConfig(
      { SOUK_SECRET: z.string().min(32).describe('at least 32 random characters, the same for every part') },
      process.env,
    );
    key = Buffer.from(hkdfSync('sha256', SOUK_SECRET, 'souk', purpose, 32));
    keys.set(purpose, key);
  }
  return key;
}
