import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { deriveKey } from './keys.config.ts';
import type { Identity } from './viewer.ts';

const ISSUER = 'souk';
const TYPE = 'souk-internal+jwt';
const LIFETIME_SECONDS = 60;
/** A token is given out again for this long, so that one signature serves many requests. */
const REUSE_SECONDS = 20;
const CLOCK_SKEW_SECONDS = 5;
const MAX_CACHED = 10_000;

const Claims = z.object({
  exp: z.number(),
  caller: z.string().min(1),
  viewer: z
    .object({ customerId: z.string().min(1), scopes: z.array(z.string()), sessionId: z.string().min(1) })
    .nullable(),
});

const keys = new Map<string, Buffer>();
const signed = new Map<string, { readonly token: Promise<string>; readonly reuseUntilMs: number }>();
const verified = new Map<string, { readonly identity: Identity; readonly expiresAtMs: number }>();

/** Says to one subgraph (`audience`) for whom and by whom it is asked. JWT, HS256, a key for each audience. */
export async function signInternalToken(identity: Identity, audience: string): Promise<string> {
  const { viewer, caller } = identity;
  const key = viewer
    ? [audience, caller, viewer.customerId, viewer.sessionId, ...viewer.scopes].join('\n')
    : `${audience}\n${caller}`;
  const cached = signed.get(key);
  if (cached && cached.reuseUntilMs > Date.now()) return cached.token;
  const token = new SignJWT({ caller, viewer })
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_SECONDS}s`)
    .sign(keyFor(audience));
  remember(signed, key, { token, reuseUntilMs: Date.now() + REUSE_SECONDS * 1000 });
  token.catch(() => signed.delete(key));
  return token;
}

/** The identity in a token; throws when it is not ours, not for this audience, or expired. */
export async function verifyInternalToken(token: string, audience: string): Promise<Identity> {
  const key = `${audience}\n${token}`;
  const cached = verified.get(key);
  if (cached && cached.expiresAtMs > Date.now()) return cached.identity;
  const { payload } = await jwtVerify(token, keyFor(audience), {
    algorithms: ['HS256'],
    issuer: ISSUER,
    audience,
    typ: TYPE,
    requiredClaims: ['exp', 'iat'],
    clockTolerance: CLOCK_SKEW_SECONDS,
  });
  const { viewer, caller, exp } = Claims.parse(payload);
  const identity: Identity = { viewer, caller };
  remember(verified, key, { identity, expiresAtMs: exp * 1000 });
  return identity;
}

function keyFor(audience: string): Buffer {
  let key = keys.get(audience);
  if (!key) {
    key = deriveKey(`internal-token:${audience}`);
    keys.set(audience, key);
  }
  return key;
}

/** Bounded: the oldest leaves first. */
function remember<Value>(cache: Map<string, Value>, key: string, value: Value): void {
  cache.delete(key);
  if (cache.size >= MAX_CACHED) cache.delete(cache.keys().next().value as string);
  cache.set(key, value);
}
