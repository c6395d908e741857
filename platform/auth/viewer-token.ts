import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { deriveKey } from './keys.config.ts';
import type { Viewer } from './viewer.ts';

const ISSUER = 'souk';
const AUDIENCE = 'souk-api';
const TYPE = 'at+jwt';
const MAX_CACHED = 10_000;
/** A token of Souk is about 400 characters; what is longer is not looked at. */
const MAX_LENGTH = 4_096;

/** How long an access token is good. It cannot be called back: of an ended session it lives to its end. */
export const VIEWER_TOKEN_SECONDS = 15 * 60;

const Claims = z.object({
  sub: z.string().min(1),
  sid: z.string().min(1),
  /** Parted by spaces, as in OAuth (RFC 8693, 4.2). */
  scope: z.string(),
  exp: z.number(),
});

let keys: { readonly secret: KeyObject; readonly open: KeyObject } | undefined;
const verified = new Map<string, { readonly viewer: Viewer; readonly expiresAtMs: number }>();

/** An access token as RFC 9068 has it: JWT, `typ` at+jwt, EdDSA over Ed25519. */
export function signViewerToken(viewer: Viewer, lifetimeSeconds = VIEWER_TOKEN_SECONDS): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ sid: viewer.sessionId, scope: viewer.scopes.join(' ') })
    .setProtectedHeader({ alg: 'EdDSA', typ: TYPE })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(viewer.customerId)
    .setIssuedAt(now)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(keyPair().secret);
}

/** The viewer that an access token names; null when it is not ours, not for this API, or expired. */
export async function verifyViewerToken(token: string): Promise<Viewer | null> {
  if (token.length > MAX_LENGTH) return null;
  const cached = verified.get(token);
  if (cached) {
    if (cached.expiresAtMs > Date.now()) return cached.viewer;
    verified.delete(token);
    return null;
  }
  try {
    const { payload } = await jwtVerify(token, keyPair().open, {
      algorithms: ['EdDSA'],
      issuer: ISSUER,
      audience: AUDIENCE,
      typ: TYPE,
    });
    const { sub, sid, scope, exp } = Claims.parse(payload);
    const viewer: Viewer = { customerId: sub, sessionId: sid, scopes: scope.split(' ').filter(Boolean) };
    remember(token, viewer, exp * 1000);
    return viewer;
  } catch {
    return null;
  }
}

/** Ed25519 takes any 32 bytes as its seed (RFC 8032); node reads it as PKCS #8 (RFC 8410). */
function keyPair() {
  if (!keys) {
    const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), deriveKey('viewer-token')]);
    const secret = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    keys = { secret, open: createPublicKey(secret) };
  }
  return keys;
}

/** Bounded: the oldest leaves first. */
function remember(token: string, viewer: Viewer, expiresAtMs: number): void {
  if (verified.size >= MAX_CACHED) verified.delete(verified.keys().next().value as string);
  verified.set(token, { viewer, expiresAtMs });
}
