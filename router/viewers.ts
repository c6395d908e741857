import { decodeJwt } from 'jose';
import type { Identity, Viewer } from '#platform/auth/viewer.ts';

/** A viewer, and what else the token says: for policies. */
export interface VerifiedViewer extends Viewer {
  readonly claims?: Claims;
}

export type Claims = Readonly<Record<string, unknown>>;

/** Verifies `Authorization`; throws when the token in it is no good. Null is a guest. */
export type VerifyViewer = (authorization: string) => Promise<VerifiedViewer | null>;

export interface Verified {
  readonly identity: Identity;
  /** When the viewer's token ends; a guest's never does. */
  readonly expiresAtMs: number;
  /** Of the viewer's token, as far as who verified it tells them; they go to no subgraph. */
  readonly claims: Claims;
}

const GUEST: Verified = {
  identity: { viewer: null, caller: 'router' },
  expiresAtMs: Number.POSITIVE_INFINITY,
  claims: {},
};
const REMEMBER_MS = 5_000;
const MAX_REMEMBERED = 10_000;

/**
 * Who a request is for. The identity is made here from the verified token alone, so nothing a client claims in other
 * headers can reach a subgraph. A token's verification is remembered for five seconds.
 */
export function viewerReader(verify: VerifyViewer): (authorization: string | undefined) => Promise<Verified> {
  const remembered = new Map<string, { readonly verified: Verified; readonly untilMs: number }>();

  return async (authorization) => {
    if (!authorization) return GUEST;
    const known = remembered.get(authorization);
    if (known && known.untilMs > Date.now()) return known.verified;

    const found = await verify(authorization);
    if (!found) return GUEST;
    const { claims = {}, ...viewer } = found;
    const expiresAtMs = expiryOf(authorization);
    const verified: Verified = { identity: { viewer, caller: 'router' }, expiresAtMs, claims };
    remembered.delete(authorization);
    if (remembered.size >= MAX_REMEMBERED) remembered.delete(remembered.keys().next().value as string);
    remembered.set(authorization, { verified, untilMs: Math.min(Date.now() + REMEMBER_MS, expiresAtMs) });
    return verified;
  };
}

/** Of a token that was verified already; one that is not a JWT has no end that the router could know. */
function expiryOf(authorization: string): number {
  try {
    const { exp } = decodeJwt(authorization.replace(/^Bearer /i, ''));
    return exp === undefined ? Number.POSITIVE_INFINITY : exp * 1000;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
