import { SignJWT } from 'jose';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { signInternalToken, verifyInternalToken } from './internal-token.ts';
import { deriveKey } from './keys.config.ts';
import type { Identity } from './viewer.ts';

const VIEWER: Identity = {
  viewer: { customerId: 'cus_1', scopes: ['orders:read', 'orders:write'], sessionId: 'ses_1' },
  caller: 'router',
};
const GUEST: Identity = { viewer: null, caller: 'carts' };

interface Forgery {
  claims?: Record<string, unknown>;
  header?: { alg: string; typ?: string };
  key?: Uint8Array;
  audience?: string;
  issuer?: string;
  expires?: string | number;
}

const forge = ({ claims = {}, header, key, audience = 'orders', issuer = 'souk', expires = '60s' }: Forgery) =>
  new SignJWT({ caller: 'router', viewer: null, ...claims })
    .setProtectedHeader(header ?? { alg: 'HS256', typ: 'souk-internal+jwt' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(key ?? deriveKey('internal-token:orders'));

const none = `${Buffer.from('{"alg":"none","typ":"souk-internal+jwt"}').toString('base64url')}.${Buffer.from(
  JSON.stringify({ caller: 'router', viewer: null, iss: 'souk', aud: 'orders', iat: 1, exp: 9e9 }),
).toString('base64url')}.`;

describe('the internal token', () => {
  afterEach(() => vi.useRealTimers());

  test.each([VIEWER, GUEST])('carries the identity: %j', async (identity) => {
    expect(await verifyInternalToken(await signInternalToken(identity, 'orders'), 'orders')).toEqual(identity);
  });

  test('is given out again for seconds, per audience and identity', async () => {
    const first = await signInternalToken(VIEWER, 'orders');
    expect(await signInternalToken({ ...VIEWER }, 'orders')).toBe(first);
    expect(await signInternalToken(VIEWER, 'carts')).not.toBe(first);
    expect(await signInternalToken({ ...VIEWER, caller: 'carts' }, 'orders')).not.toBe(first);
    const fewerScopes = { ...VIEWER, viewer: { customerId: 'cus_1', scopes: [], sessionId: 'ses_1' } };
    expect(await signInternalToken(fewerScopes, 'orders')).not.toBe(first);
    vi.useFakeTimers({ now: Date.now() + 21_000 });
    expect(await signInternalToken(VIEWER, 'orders')).not.toBe(first);
  });

  test('ends after a minute, also where it was verified before', async () => {
    const token = await signInternalToken(GUEST, 'shipping');
    await verifyInternalToken(token, 'shipping');
    vi.useFakeTimers({ now: Date.now() + 59_000 });
    expect(await verifyInternalToken(token, 'shipping')).toEqual(GUEST);
    vi.setSystemTime(Date.now() + 8_000);
    await expect(verifyInternalToken(token, 'shipping')).rejects.toThrow();
  });

  test.each<[string, Promise<string>]>([
    ['for another subgraph', signInternalToken(VIEWER, 'carts')],
    ['without a signature', Promise.resolve(none)],
    ["with another audience's key", forge({ key: deriveKey('internal-token:carts') })],
    ['with a key of its own', forge({ key: new Uint8Array(32) })],
    ['of another issuer', forge({ issuer: 'else' })],
    ['of another type', forge({ header: { alg: 'HS256', typ: 'JWT' } })],
    ['by another algorithm', forge({ header: { alg: 'HS512', typ: 'souk-internal+jwt' }, key: new Uint8Array(64) })],
    ['that has expired', forge({ expires: 1 })],
    ['without a caller', forge({ claims: { caller: '' } })],
    ['with half a viewer', forge({ claims: { viewer: { customerId: 'cus_1' } } })],
    ['that is none', Promise.resolve('')],
  ])('is refused %s', async (_, token) => {
    await expect(verifyInternalToken(await token, 'orders')).rejects.toThrow();
  });

  test('the forgery of these tests is genuine but for its fault', async () => {
    expect(await verifyInternalToken(await forge({}), 'orders')).toEqual({ viewer: null, caller: 'router' });
  });
});
