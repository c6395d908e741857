import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyViewerToken } from '#platform/auth/viewer-token.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from './database.ts';
import { hashOf } from './secrets.ts';
import {
  announced,
  ask,
  mutate,
  newEmail,
  PASSWORD,
  refresh,
  register,
  SESSION,
  signIn,
} from './testing/accounts-api.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

const REGISTERED = 'accounts.customer-registered.v1';
const RESET = 'accounts.password-reset-requested.v1';
const ENDED = [
  { code: 'TOKEN_INVALID', message: 'This session has ended. Sign in again.', path: ['input', 'refreshToken'] },
];
const WRONG = {
  session: null,
  userErrors: [
    {
      code: 'CREDENTIALS_INVALID',
      message: 'E-mail address and password do not belong together. Check both.',
      path: ['input'],
    },
  ],
};

/** The spending of a refresh token, put back in time. */
const spentAgo = (refreshToken: string, seconds: number) =>
  database.prisma.refreshToken.update({
    where: { hash: hashOf(refreshToken) },
    data: { spentAt: new Date(Date.now() - seconds * 1000) },
  });

test('registering signs in, keeps no secret, and announces the token that proves the address', async () => {
  const email = newEmail();
  const { session, customer, userErrors } = await mutate(
    'customerCreate',
    `customer { id email name emailVerified scopes } ${SESSION}`,
    { email: `  ${email.toUpperCase()} `, password: PASSWORD, name: '  Ada  Lovelace ' },
  );
  expect(userErrors).toEqual([]);
  expect(customer).toEqual({ id: customer.id, email, name: 'Ada  Lovelace', emailVerified: false, scopes: [] });
  const viewer = await verifyViewerToken(session.accessToken);
  expect(viewer).toEqual({ customerId: customer.id, scopes: [], sessionId: expect.stringMatching(/^ses_/) });
  expect(Date.parse(session.expiresAt) - Date.now()).toBeGreaterThan(890_000);
  expect((await ask('{ me { id email addresses { id } } }', {}, viewer)).data.me).toEqual({
    id: customer.id,
    email,
    addresses: [],
  });

  const row = await database.prisma.customer.findUniqueOrThrow({ where: { email }, include: { mailedTokens: true } });
  expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const [event, ...more] = await announced(REGISTERED, email);
  expect(more).toEqual([]);
  expect(event).toEqual({
    customerId: customer.id,
    email,
    name: 'Ada  Lovelace',
    verificationToken: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(row.mailedTokens.map(({ hash }) => hash)).toEqual([hashOf(event?.verificationToken ?? '')]);
});

test('of ten registrations of one address at once, in any case, one is made', async () => {
  const email = newEmail();
  const answers = await Promise.allSettled(
    Array.from({ length: 10 }, (_, i) =>
      mutate('customerCreate', 'customer { id }', { email: i % 2 ? email.toUpperCase() : email, password: PASSWORD }),
    ),
  );
  const done = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const limited = answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => String(reason));
  expect(done.filter(({ customer }) => customer)).toHaveLength(1);
  expect(done.flatMap(({ userErrors }) => userErrors.map((error: { code: string }) => error.code))).toEqual(
    Array(4).fill('EMAIL_TAKEN'),
  );
  expect(limited).toEqual(Array(5).fill('Error: errors: RATE_LIMITED'));
  expect(await database.prisma.customer.count({ where: { email } })).toBe(1);
  expect(await announced(REGISTERED, email)).toHaveLength(1);
});

test('signing in opens a session of its own; a wrong password opens none', async () => {
  const { email, id } = await register();
  const { session } = await signIn(` ${email.toUpperCase()}`);
  expect(session.customer).toEqual({ id, email, emailVerified: false });
  expect(await signIn(email, `${PASSWORD}!`)).toEqual(WRONG);
  expect(await database.prisma.session.count({ where: { customerId: id } })).toBe(2);
});

test('a refreshed session has the scopes of now', async () => {
  const { id, refreshToken, viewer } = await register();
  await database.prisma.customer.update({ where: { id }, data: { scopes: ['orders:read'] } });
  const { session } = await refresh(refreshToken);
  expect(await verifyViewerToken(session.accessToken)).toEqual({ ...viewer, scopes: ['orders:read'] });
});

test('41: a spent refresh token ends the family, its newest token as well, and no other session', async () => {
  const { email, refreshToken } = await register();
  const { session: other } = await signIn(email);
  const { session: second } = await refresh(refreshToken);
  const { session: third } = await refresh(second.refreshToken);
  expect(new Set([refreshToken, second.refreshToken, third.refreshToken]).size).toBe(3);
  await spentAgo(refreshToken, 11);
  expect(await refresh(refreshToken)).toEqual({ session: null, userErrors: ENDED });
  expect(await refresh(third.refreshToken)).toEqual({ session: null, userErrors: ENDED });
  expect((await refresh(other.refreshToken)).userErrors).toEqual([]);
});

test('41: two tabs that refresh at once both go on, and so does a retry within ten seconds', async () => {
  const { refreshToken } = await register();
  const tabs = await Promise.all([refresh(refreshToken), refresh(refreshToken), refresh(refreshToken)]);
  expect(tabs.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  await spentAgo(refreshToken, 8);
  const late = await refresh(refreshToken);
  expect(late.userErrors).toEqual([]);
  const tokens = [...tabs, late].map(({ session }) => session.refreshToken);
  expect(new Set(tokens).size).toBe(4);
  for (const token of tokens) expect((await refresh(token)).userErrors).toEqual([]);
});

test('the grace counts from the first use: using the token again does not renew it', async () => {
  const { refreshToken } = await register();
  await refresh(refreshToken);
  await spentAgo(refreshToken, 8);
  await refresh(refreshToken);
  const { spentAt } = await database.prisma.refreshToken.findUniqueOrThrow({ where: { hash: hashOf(refreshToken) } });
  expect(Date.now() - (spentAt?.getTime() ?? 0)).toBeGreaterThan(7_900);
});

test('an expired refresh token is too old, an invented one is none', async () => {
  const { refreshToken, viewer } = await register();
  await database.prisma.refreshToken.updateMany({
    where: { sessionId: viewer.sessionId },
    data: { expiresAt: new Date(Date.now() - 1000) },
  });
  expect((await refresh(refreshToken)).userErrors[0].code).toBe('TOKEN_EXPIRED');
  for (const token of ['', 'x', '\0', 'ü'.repeat(100_000)]) {
    expect(await refresh(token)).toEqual({ session: null, userErrors: ENDED });
  }
});

test('signing out ends the session, twice and without one as well', async () => {
  const { refreshToken, email, viewer } = await register();
  const { session: other } = await signIn(email);
  const end = 'mutation { sessionEnd { userErrors { code } } }';
  for (const who of [viewer, viewer, null]) {
    expect(await ask(end, {}, who)).toEqual({ data: { sessionEnd: { userErrors: [] } }, errors: [] });
  }
  expect((await refresh(refreshToken)).userErrors).toEqual(ENDED);
  expect((await refresh(other.refreshToken)).userErrors).toEqual([]);
});

test('the welcome token verifies the address once, and says so', async () => {
  const { email, id } = await register();
  const token = (await announced(REGISTERED, email))[0]?.verificationToken;
  const answers = await Promise.all(
    [token, token].map((one) => mutate('emailVerify', 'customer { email emailVerified }', { token: one })),
  );
  expect(answers.filter(({ customer }) => customer).map(({ customer }) => customer)).toEqual([
    { email, emailVerified: true },
  ]);
  expect(answers.flatMap(({ userErrors }) => userErrors.map((error: { code: string }) => error.code))).toEqual([
    'TOKEN_INVALID',
  ]);
  expect(await announced('accounts.email-verified.v1', email)).toEqual([{ customerId: id, email }]);
});

test('41: a password reset ends all sessions, works once, and its link is no verification link', async () => {
  const { email, id, refreshToken } = await register();
  const { session: other } = await signIn(email);
  await mutate('passwordResetRequest', '', { email });
  await mutate('passwordResetRequest', '', { email: email.toUpperCase() });
  const [first, second] = (await announced(RESET, email)).map((payload) => payload.resetToken);
  expect((await mutate('emailVerify', '', { token: first })).userErrors[0].code).toBe('TOKEN_INVALID');

  const newPassword = 'an evening in the market';
  const weak = await mutate('passwordReset', SESSION, { token: first, newPassword: 'short' });
  expect(weak.userErrors[0]).toMatchObject({ code: 'PASSWORD_TOO_WEAK', path: ['input', 'newPassword'] });
  const answers = await Promise.all(
    [first, first].map((token) => mutate('passwordReset', SESSION, { token, newPassword })),
  );
  const [{ session }, ...more] = answers.filter((answer) => answer.session);
  expect(more).toEqual([]);
  expect(session.customer).toEqual({ id, email, emailVerified: true });
  expect((await mutate('passwordReset', SESSION, { token: second, newPassword })).userErrors[0].code).toBe(
    'TOKEN_INVALID',
  );

  for (const token of [refreshToken, other.refreshToken]) expect((await refresh(token)).userErrors).toEqual(ENDED);
  expect((await refresh(session.refreshToken)).userErrors).toEqual([]);
  expect(await signIn(email)).toEqual(WRONG);
  expect((await signIn(email, newPassword)).userErrors).toEqual([]);
});

test('an old reset link is refused as too old, and the password stays', async () => {
  const { email, id } = await register();
  await mutate('passwordResetRequest', '', { email });
  const token = (await announced(RESET, email))[0]?.resetToken;
  await database.prisma.mailedToken.updateMany({
    where: { customerId: id, kind: 'PASSWORD_RESET' },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  const late = await mutate('passwordReset', SESSION, { token, newPassword: 'an evening in the market' });
  expect(late).toMatchObject({ session: null, userErrors: [{ code: 'TOKEN_EXPIRED', path: ['input', 'token'] }] });
  expect((await signIn(email)).userErrors).toEqual([]);
});

test('no sign-in with the old password survives a reset at the same moment', async () => {
  const { email, id } = await register();
  await mutate('passwordResetRequest', '', { email });
  const token = (await announced(RESET, email))[0]?.resetToken;
  const [reset] = await Promise.all([
    mutate('passwordReset', SESSION, { token, newPassword: 'an evening in the market' }),
    ...Array.from({ length: 6 }, () => signIn(email)),
  ]);
  const alive = await database.prisma.session.findMany({ where: { customerId: id, endedAt: null } });
  expect(alive.map((session) => session.id)).toEqual([(await verifyViewerToken(reset.session.accessToken))?.sessionId]);
});
