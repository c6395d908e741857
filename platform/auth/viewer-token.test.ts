import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deriveKey } from './keys.config.ts';
import type { Viewer } from './viewer.ts';
import { signViewerToken, VIEWER_TOKEN_SECONDS, verifyViewerToken } from './viewer-token.ts';

const VIEWER: Viewer = { customerId: 'cus_1', sessionId: 'ses_1', scopes: ['orders:read', 'orders:write'] };

const parts = (token: string) => token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const CLAIMS = { sub: 'cus_1', sid: 'ses_1', scope: '', iss: 'souk', aud: 'souk-api' };
const now = () => Math.floor(Date.now() / 1000);

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

test('names the viewer again, before and after it is remembered', async () => {
  const token = await signViewerToken(VIEWER);
  expect(await verifyViewerToken(token)).toEqual(VIEWER);
  expect(await verifyViewerToken(token)).toEqual(VIEWER);
  const guestLike = { ...VIEWER, scopes: [] };
  expect(await verifyViewerToken(await signViewerToken(guestLike))).toEqual(guestLike);
});

test('is an access token as RFC 9068 has it, good for a quarter of an hour', async () => {
  const [header = '', claims = ''] = parts(await signViewerToken(VIEWER));
  expect(JSON.parse(header)).toEqual({ alg: 'EdDSA', typ: 'at+jwt' });
  expect(JSON.parse(claims)).toEqual({
    iss: 'souk',
    aud: 'souk-api',
    sub: 'cus_1',
    sid: 'ses_1',
    scope: 'orders:read orders:write',
    iat: now(),
    exp: now() + 900,
  });
});

test('40: an expired one is refused, remembered or not', async () => {
  const seen = await signViewerToken(VIEWER);
  const unseen = await signViewerToken({ ...VIEWER, sessionId: 'ses_2' });
  expect(await verifyViewerToken(seen)).toEqual(VIEWER);
  vi.setSystemTime(Date.now() + VIEWER_TOKEN_SECONDS * 1000 + 1);
  expect(await verifyViewerToken(seen)).toBeNull();
  expect(await verifyViewerToken(seen)).toBeNull();
  expect(await verifyViewerToken(unseen)).toBeNull();
});

describe('40: forged tokens are refused', () => {
  const sign = (change: { alg?: string; typ?: string; claims?: object; key?: KeyObject }) =>
    new SignJWT({ ...CLAIMS, iat: now(), exp: now() + 60, ...change.claims })
      .setProtectedHeader({ alg: change.alg ?? 'EdDSA', typ: change.typ ?? 'at+jwt' })
      .sign(change.key ?? ourKey());

  test('the way they are forged here makes good ones otherwise', async () => {
    expect(await verifyViewerToken(await sign({}))).toEqual({ ...VIEWER, scopes: [] });
  });

  test('alg none', async () => {
    const claims = encode({ ...CLAIMS, iat: now(), exp: now() + 60 });
    expect(await verifyViewerToken(`${encode({ alg: 'none', typ: 'at+jwt' })}.${claims}.`)).toBeNull();
  });

  test.each([
    ['raw', () => Buffer.from(createPublicKey(ourKey()).export({ format: 'jwk' }).x ?? '', 'base64url')],
    ['PEM', () => Buffer.from(createPublicKey(ourKey()).export({ type: 'spki', format: 'pem' }))],
    ['seed', () => deriveKey('viewer-token')],
  ])('HS256 by the public key or the seed: %s', async (_, key) => {
    const body = `${encode({ alg: 'HS256', typ: 'at+jwt' })}.${encode({ ...CLAIMS, iat: now(), exp: now() + 60 })}`;
    const signature = createHmac('sha256', key()).update(body).digest('base64url');
    expect(await verifyViewerToken(`${body}.${signature}`)).toBeNull();
  });

  test.each([
    ['audience', { claims: { aud: 'orders' } }],
    ['issuer', { claims: { iss: 'elsewhere' } }],
    ['type', { typ: 'JWT' }],
    ['type of inner tokens', { typ: 'souk-internal+jwt' }],
    ['no expiry', { claims: { exp: undefined } }],
    ['no subject', { claims: { sub: undefined } }],
    ['no session', { claims: { sid: undefined } }],
    ['scope that is no text', { claims: { scope: ['orders:read'] } }],
    ['not yet', { claims: { nbf: now() + 600 } }],
  ])('wrong %s', async (_, change) => {
    expect(await verifyViewerToken(await sign(change))).toBeNull();
  });

  test('another key of the same kind', async () => {
    expect(await verifyViewerToken(await sign({ key: generateKeyPairSync('ed25519').privateKey }))).toBeNull();
  });

  test('claims changed after signing', async () => {
    const [header, , signature] = (await signViewerToken(VIEWER)).split('.');
    const claims = encode({ ...CLAIMS, sub: 'cus_2', iat: now(), exp: now() + 60 });
    expect(await verifyViewerToken(`${header}.${claims}.${signature}`)).toBeNull();
  });

  test('no token at all', async () => {
    for (const text of ['', '.', '..', 'a.b.c', 'x'.repeat(100_000)]) expect(await verifyViewerToken(text)).toBeNull();
  });
});

/** The key that signs, as an attacker does not have it. */
function ourKey(): KeyObject {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), deriveKey('viewer-token')]);
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}
