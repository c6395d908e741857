import { createLocalJWKSet, decodeJwt, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import type { VerifiedViewer, VerifyViewer } from './viewers.ts';

/** Signatures by a key that only the issuer has: neither `none` nor HMAC, whose key would be the public one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

/** Who may sign viewers' tokens; plain data, e.g. of a configuration file. */
export const JwtIssuer = z.strictObject({
  jwks: z.url({ protocol: /^https?$/, hostname: /^.*$/ }).describe('where its public keys are (RFC 7517)'),
  issuer: z.string().min(1).describe('the `iss` of its tokens'),
  audiences: z.array(z.string().min(1)).min(1).describe('an `aud` that its tokens must have, one of these'),
  algorithms: z
    .array(z.enum(ALGORITHMS))
    .min(1)
    .default([...ALGORITHMS])
    .describe('how its tokens are signed'),
  type: z
    .string()
    .optional()
    .describe('the `typ` that its tokens must have, e.g. at+jwt (RFC 9068); any when left out'),
  scopes: z.string().default('scope').describe('the claim with the scopes: a text parted by spaces, or a list'),
});
export type JwtIssuer = z.output<typeof JwtIssuer>;

/** Loads a key set; throws when it cannot be had. */
export type LoadKeys = (url: string) => Promise<JSONWebKeySet>;

const CLOCK_SKEW_SECONDS = 5;
const MAX_LENGTH = 8_192;
const LOAD_WITHIN_MS = 5_000;
const MAX_KEYS_BYTES = 1 << 20;
/** However many tokens name unknown keys, an issuer is asked for its keys once in this time. */
const ASK_AGAIN_MS = 30_000;
/** Keys that an issuer has withdrawn are good no longer than this. */
const KEEP_MS = 10 * 60_000;

/**
 * Verifies viewers' tokens by the public keys of their issuers. Each issuer has keys of its own: one that is down or
 * compromised says nothing for the others' viewers. `own` verifies the tokens of further issuers by other means.
 */
export function jwksViewers(
  issuers: readonly JwtIssuer[],
  { own = {}, load = loadKeys }: { own?: Readonly<Record<string, VerifyViewer>>; load?: LoadKeys } = {},
): VerifyViewer {
  const byName = new Map<string, { readonly settings: JwtIssuer; readonly keys: IssuerKeys }>();
  for (const settings of issuers) byName.set(settings.issuer, { settings, keys: new IssuerKeys(settings.jwks, load) });

  return async (authorization) => {
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '';
    if (token.length > MAX_LENGTH) throw new Error('A token is not that long.');
    const { iss = '' } = decodeJwt(token);
    if (Object.hasOwn(own, iss)) return own[iss]?.(authorization) ?? null;
    const issuer = byName.get(iss);
    if (!issuer) throw new Error('Nobody who may issue tokens has issued this one.');
    return viewerOf(await verified(token, issuer.settings, issuer.keys), issuer.settings);
  };
}

async function verified(token: string, settings: JwtIssuer, keys: IssuerKeys): Promise<JWTPayload> {
  const { issuer, audiences, algorithms, type } = settings;
  const options = {
    issuer,
    audience: [...audiences],
    algorithms: [...algorithms],
    ...(type === undefined ? {} : { typ: type }),
    requiredClaims: ['exp', 'sub'],
    clockTolerance: CLOCK_SKEW_SECONDS,
  };
  try {
    return (await jwtVerify(token, createLocalJWKSet(await keys.present()), options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    // Issuers change their keys; a new one is looked for once.
    const renewed = await keys.renewed();
    if (!renewed) throw error;
    return (await jwtVerify(token, createLocalJWKSet(renewed), options)).payload;
  }
}

function viewerOf(claims: JWTPayload, { scopes }: JwtIssuer): VerifiedViewer {
  const { sub, sid, jti } = claims;
  if (!sub) throw new Error('The token names nobody.');
  const given = claims[scopes];
  const names = typeof given === 'string' ? given.split(' ') : Array.isArray(given) ? given.map(String) : [];
  const session = typeof sid === 'string' ? sid : (jti ?? sub);
  return { customerId: sub, sessionId: session, scopes: names.filter(Boolean), claims };
}

/** The public keys of one issuer. */
class IssuerKeys {
  readonly #url: string;
  readonly #load: LoadKeys;
  #keys: JSONWebKeySet | undefined;
  #loadedAtMs = 0;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #loading: Promise<JSONWebKeySet> | undefined;

  constructor(url: string, load: LoadKeys) {
    this.#url = url;
    this.#load = load;
  }

  /** Those that are known, unless they are old; while the issuer is down they stay good. */
  async present(): Promise<JSONWebKeySet> {
    if (this.#keys && Date.now() - this.#loadedAtMs < KEEP_MS) return this.#keys;
    const keys = await this.renewed().catch((error) => {
      if (!this.#keys) throw error;
      return this.#keys;
    });
    if (keys ?? this.#keys) return keys ?? (this.#keys as JSONWebKeySet);
    throw new Error('The keys of the issuer cannot be had.');
  }

  /** Asks the issuer, unless it was asked a moment ago: then there is nothing newer. */
  async renewed(): Promise<JSONWebKeySet | null> {
    if (this.#loading) return this.#loading;
    if (Date.now() - this.#askedAtMs < ASK_AGAIN_MS) return null;
    this.#askedAtMs = Date.now();
    this.#loading = this.#load(this.#url).finally(() => {
      this.#loading = undefined;
    });
    this.#keys = await this.#loading;
    this.#loadedAtMs = Date.now();
    return this.#keys;
  }
}

async function loadKeys(url: string): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(LOAD_WITHIN_MS),
    redirect: 'error',
    headers: { accept: 'application/json' },
  });
  const text = await response.text();
  if (!response.ok || text.length > MAX_KEYS_BYTES) throw new Error(`No keys at ${url}.`);
  return JSON.parse(text) as JSONWebKeySet;
}
