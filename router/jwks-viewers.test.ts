import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { JwtIssuer, jwksViewers } from './jwks-viewers.ts';
import { post } from './testing/shapes.ts';
import { runSmallGraph } from './testing/small-graph.ts';

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

let first: Pair;
let second: Pair;
let other: Pair;
let sets: Record<string, JSONWebKeySet | 'down'>;
let loads: string[];

const A = JwtIssuer.parse({ jwks: 'https://a.example/keys', issuer: 'https://a.example', audiences: ['api', 'apps'] });
const B = JwtIssuer.parse({
  jwks: 'https://b.example/keys',
  issuer: 'https://b.example',
  audiences: ['api'],
  type: 'at+jwt',
});

const publicOf = async (pair: Pair, kid: string) => ({ ...(await exportJWK(pair.publicKey)), kid, alg: 'ES256' });

beforeAll(async () => {
  [first, second, other] = (await Promise.all([1, 2, 3].map(() => generateKeyPair('ES256')))) as [Pair, Pair, Pair];
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  sets = { [A.jwks]: { keys: [await publicOf(first, 'k1')] }, [B.jwks]: { keys: [await publicOf(other, 'k1')] } };
  loads = [];
});
afterEach(() => vi.useRealTimers());

const viewers = () =>
  jwksViewers([A, B], {
    own: { souk: async () => ({ customerId: 'cus_own', sessionId: 's', scopes: [] }) },
    load: async (url) => {
      loads.push(url);
      const keys = sets[url];
      if (keys === undefined || keys === 'down') throw new Error('down');
      return keys;
    },
  });

const token = (change: { key?: Pair; kid?: string; claims?: object; header?: object } = {}) =>
  new SignJWT({
    iss: A.issuer,
    aud: 'api',
    sub: 'u1',
    scope: 'read write',
    exp: Math.floor(Date.now() / 1000) + 60,
    ...change.claims,
  })
    .setProtectedHeader({ alg: 'ES256', kid: change.kid ?? 'k1', ...change.header })
    .sign((change.key ?? first).privateKey);

const asB = (claims: object = {}) =>
  token({ key: other, header: { typ: 'at+jwt' }, claims: { iss: B.issuer, ...claims } });
const bearer = (text: string) => `Bearer ${text}`;
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('names the viewer, the scopes and the claims of each issuer', async () => {
  const verify = viewers();
  expect(await verify(bearer(await token({ claims: { jti: 't1', plan: 'gold' } })))).toMatchObject({
    customerId: 'u1',
    sessionId: 't1',
    scopes: ['read', 'write'],
    claims: { plan: 'gold', aud: 'api' },
  });
  expect(await verify(bearer(await asB({ scope: ['x', 'y'], sid: 's9' })))).toMatchObject({
    scopes: ['x', 'y'],
    sessionId: 's9',
  });
  expect((await verify(bearer(await token({ claims: { aud: ['else', 'apps'] } }))))?.customerId).toBe('u1');
  expect((await verify(bearer(`${encode({ alg: 'EdDSA' })}.${encode({ iss: 'souk' })}.x`)))?.customerId).toBe(
    'cus_own',
  );
  expect(loads).toEqual([A.jwks, B.jwks]);
});

describe('40: refused', () => {
  test.each<[string, () => Promise<string> | string]>([
    ['no token', () => ''],
    ['not a JWT', () => 'abc'],
    [
      'alg none',
      () => `${encode({ alg: 'none' })}.${encode({ iss: A.issuer, aud: 'api', sub: 'u1', exp: 9_999_999_999 })}.`,
    ],
    [
      'HS256 by the public key',
      async () =>
        new SignJWT({ iss: A.issuer, aud: 'api', sub: 'u1', exp: Math.floor(Date.now() / 1000) + 60 })
          .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
          .sign(Buffer.from(await exportSPKI(first.publicKey))),
    ],
    ['a wrong audience', () => token({ claims: { aud: 'elsewhere' } })],
    ['no audience', () => token({ claims: { aud: undefined } })],
    ['an unknown issuer', () => token({ claims: { iss: 'https://c.example' } })],
    ['no issuer', () => token({ claims: { iss: undefined } })],
    ["an issuer named after an object's own things", () => token({ claims: { iss: 'constructor' } })],
    ["one issuer's name under another's key", () => token({ key: other })],
    ['a wrong type', () => token({ key: other, claims: { iss: B.issuer }, header: { typ: 'JWT' } })],
    ['expired', () => token({ claims: { exp: Math.floor(Date.now() / 1000) - 6 } })],
    ['never expiring', () => token({ claims: { exp: undefined } })],
    ['not yet valid', () => token({ claims: { nbf: Math.floor(Date.now() / 1000) + 60 } })],
    ['naming nobody', () => token({ claims: { sub: undefined } })],
    ['a changed signature', async () => `${(await token()).slice(0, -4)}AAAA`],
    ['a key in its own header', async () => token({ key: second, header: { jwk: await exportJWK(second.publicKey) } })],
  ])('%s', async (_, made) => {
    await expect(viewers()(bearer(await made()))).rejects.toThrow();
  });
});

describe('keys', () => {
  test('a new one is fetched once, however many ask; an unknown one does not ask again and again', async () => {
    const verify = viewers();
    await verify(bearer(await token()));
    vi.setSystemTime(Date.now() + 31_000);
    sets[A.jwks] = { keys: [await publicOf(first, 'k1'), await publicOf(second, 'k2')] };
    const renewed = await token({ key: second, kid: 'k2' });
    const all = await Promise.all(Array.from({ length: 20 }, () => verify(bearer(renewed))));
    expect(all).toHaveLength(20);
    expect(loads).toEqual([A.jwks, A.jwks]);
    for (let i = 0; i < 10; i++) await expect(verify(bearer(await token({ kid: `k${i + 3}` })))).rejects.toThrow();
    expect(loads).toHaveLength(2);
    vi.setSystemTime(Date.now() + 31_000);
    await expect(verify(bearer(await token({ kid: 'k9' })))).rejects.toThrow();
    expect(loads).toHaveLength(3);
  });

  test('one that was withdrawn is good ten minutes at most', async () => {
    const verify = viewers();
    await verify(bearer(await token()));
    sets[A.jwks] = { keys: [await publicOf(second, 'k2')] };
    vi.setSystemTime(Date.now() + 10 * 60_000 + 1);
    await expect(verify(bearer(await token()))).rejects.toThrow();
  });

  test('an issuer that is down takes nobody else along, and its known keys stay good', async () => {
    const verify = viewers();
    await verify(bearer(await token()));
    sets[A.jwks] = 'down';
    vi.setSystemTime(Date.now() + 11 * 60_000);
    expect((await verify(bearer(await token())))?.customerId).toBe('u1');
    expect((await verify(bearer(await asB())))?.customerId).toBe('u1');
    const fresh = viewers();
    await expect(fresh(bearer(await token()))).rejects.toThrow();
    expect((await fresh(bearer(await asB())))?.customerId).toBe('u1');
  });
});

describe('over HTTP', () => {
  let server: Server;
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('keys are loaded from the issuer, scopes open fields, and policies see the claims', async () => {
    vi.useRealTimers();
    const keys = JSON.stringify({ keys: [await publicOf(first, 'k1')] });
    server = createServer((_, response) => void response.end(keys)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const issuer = JwtIssuer.parse({ jwks: `http://127.0.0.1:${port}/keys`, issuer: A.issuer, audiences: ['api'] });
    const graph = await runSmallGraph(
      {
        one: {
          sdl: `type Query { me: String @authenticated open: String @requiresScopes(scopes: [["read"]])
            gold: String @policy(policies: [["gold"]]) }`,
          resolvers: {
            Query: {
              me: (_: unknown, __: unknown, { identity }: { identity: { viewer: unknown } }) =>
                JSON.stringify(identity.viewer),
              open: () => 'open',
              gold: () => 'gold',
            },
          },
        },
      },
      {
        verifyViewer: jwksViewers([issuer]),
        authorization: { policies: (policies, { claims }) => policies.filter((policy) => policy === claims.plan) },
      },
    );
    const ask = async (claims: object) =>
      post(graph.url, '{ me open gold }', { headers: { authorization: bearer(await token({ claims })) } });
    expect((await ask({ plan: 'gold' })).body.data).toEqual({
      me: '{"customerId":"u1","sessionId":"u1","scopes":["read","write"]}',
      open: 'open',
      gold: 'gold',
    });
    expect((await ask({ scope: '', plan: 'tin' })).body.data).toMatchObject({ open: null, gold: null });
    expect((await ask({ aud: 'elsewhere' })).status).toBe(401);
    await graph.close();
  });
});
