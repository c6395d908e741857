import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

let secret: string | undefined;

/**
 * A key of 32 bytes for one purpose, derived from SOUK_SECRET by HKDF-SHA256 (RFC 5869), so that no two purposes share
 * one. E.g. `deriveKey('order-access')`.
 */
export function deriveKey(purpose: string): Buffer {
  secret ??= readConfig(
    { SOUK_SECRET: z.string().min(32).describe('at least 32 random characters, the same for every part') },
    process.env,
  ).SOUK_SECRET;
  return Buffer.from(hkdfSync('sha256', secret, 'souk', purpose, 32));
}
