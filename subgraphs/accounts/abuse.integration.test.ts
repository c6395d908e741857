import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { customersByIds } from './contracts/accounts.ts';
import { hashPassword } from './credentials/password-hash.ts';
import { database } from './database.ts';
import { ROLES } from './rules/roles.ts';
import { DEMO_PASSWORD, seedDemoAccounts } from './seed-demo-accounts.ts';
import { announced, ask, mutate, newEmail, PASSWORD, register, SESSION, signIn } from './testing/accounts-api.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

/** How long each of two deeds usually takes in milliseconds: done in turns, the middle time of each. */
async function usualMs(times: number, ...deeds: (() => Promise<unknown>)[]): Promise<number[]> {
  const taken: number[][] = deeds.map(() => []);
  for (let i = 0; i < times; i++) {
    for (const [which, deed] of deeds.entries()) {
      const start = performance.now();
      await deed();
      taken[which]?.push(performance.now() - start);
    }
  }
  return taken.map((all) => all.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0);
}

test('42: signing in answers a known and an unknown address alike, and as late', async () => {
  const { email } = await register();
  const known = await signIn(email, 'not the password');
  expect(await signIn(newEmail(), 'not the password')).toEqual(known);
  expect(known.userErrors[0].code).toBe('CREDENTIALS_INVALID');

  const wrong = (address: string) => signIn(address, 'not the password');
  const times = await usualMs(
    7,
    () => wrong(email),
    () => wrong(newEmail()),
  );
  // Without a hash to compare with, the unknown one would be ten times as fast.
  expect(Math.max(...times) / Math.min(...times)).toBeLessThan(3);
});

test('42: asking for a reset answers a known and an unknown address alike, and as late', async () => {
  const { email } = await register();
  const answers: unknown[] = [];
  const asking = [email, newEmail(), 'no address', 'a\0@example.com'].map((one) => async () => {
    answers.push(await mutate('passwordResetRequest', '', { email: one }));
  });
  const times = await usualMs(1, ...asking);
  expect(answers).toEqual(Array(4).fill({ userErrors: [] }));
  for (const ms of times) expect(ms).toBeGreaterThan(245);
});

test('42: eleven wrong passwords are limited, for known and unknown addresses alike, also the right one then', async () => {
  const { email } = await register();
  for (const one of [email, newEmail()]) {
    const answers = await Promise.allSettled(Array.from({ length: 12 }, () => signIn(one, 'not the password')));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    await expect(signIn(one.toUpperCase())).rejects.toThrow('RATE_LIMITED');
  }
});

test('42: right passwords are not limited', async () => {
  const { email } = await register();
  for (let i = 0; i < 12; i++) expect((await signIn(email)).userErrors).toEqual([]);
});

test('42: reset mails are limited, for known and unknown addresses alike', async () => {
  const { email } = await register();
  for (const one of [email, newEmail()]) {
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, () => mutate('passwordResetRequest', '', { email: one })),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  }
  expect(await announced('accounts.password-reset-requested.v1', email)).toHaveLength(3);
});

test('42: more hashing than can wait is turned away at once, the rest is done', async () => {
  const answers = await Promise.allSettled(Array.from({ length: 110 }, () => hashPassword(PASSWORD)));
  const turnedAway = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
  expect(turnedAway.map(({ extensions }) => extensions)).toEqual(
    Array(8).fill({ code: 'OVERLOADED', retryAfterSeconds: 2 }),
  );
});

test('44: nobody registers with a role, an id or a verified address', async () => {
  const attempts = [
    { scopes: ['orders:read'] },
    { id: 'cus_01JD0000000000000000000000' },
    { emailVerified: true },
    { passwordHash: 'x' },
  ];
  for (const extra of attempts) {
    const email = newEmail();
    await expect(mutate('customerCreate', '', { email, password: PASSWORD, ...extra })).rejects.toThrow('errors: ');
    expect(await database.prisma.customer.count({ where: { email } })).toBe(0);
  }
  const { viewer } = await register();
  await expect(mutate('customerUpdate', '', { scopes: ['orders:read'] }, viewer)).rejects.toThrow('errors: ');
  await expect(mutate('customerUpdate', '', { email: newEmail() }, viewer)).rejects.toThrow('errors: ');
  expect((await ask('{ me { scopes } }', {}, viewer)).data.me).toEqual({ scopes: [] });
});

test('44: names of any script are kept; unwritable and endless ones are refused', async () => {
  const { viewer } = await register();
  const named = async (name: string | null) => mutate('customerUpdate', 'customer { name }', { name }, viewer);
  for (const name of [
    'Ада Лавлейс',
    'عائشة \u202bבדיקה',
    '👩🏽‍🚀',
    'x'.repeat(200),
    '<script>alert(1)</script>',
    "'; DROP --",
  ]) {
    expect(await named(name)).toEqual({ customer: { name }, userErrors: [] });
  }
  for (const name of ['x'.repeat(201), 'x'.repeat(1_000_000), 'A\0', '\ud83d', 'two\nlines']) {
    expect((await named(name)).userErrors).toEqual([
      {
        code: 'NAME_INVALID',
        message: 'Write the name in one line of at most 200 characters.',
        path: ['input', 'name'],
      },
    ]);
  }
  expect((await ask('{ me { name } }', {}, viewer)).data.me).toEqual({ name: "'; DROP --" });
  expect(await named(null)).toEqual({ customer: { name: null }, userErrors: [] });
});

test('44: what is no address or a weak password is refused and makes nobody', async () => {
  const before = await database.prisma.customer.count();
  const code = async (email: string, password: string) => {
    const { userErrors } = await mutate('customerCreate', SESSION, { email, password });
    return userErrors.map((error: { code: string; path: string[] }) => [error.code, ...error.path].join(' '));
  };
  const endless = [`${'a'.repeat(65)}@x.de`, `a@${'x.'.repeat(130)}de`, 'x'.repeat(1_000_000)];
  const odd = ['a\0@x.de', 'a@x.de\nBcc: b@x.de', 'a,b@x.de', '<a@x.de>', 'ä@x.de', '\u212a@x.de'];
  const noAddresses = ['', 'ada', 'ada@', '@x.de', 'a b@x.de', 'ada@x', ...odd, ...endless];
  for (const email of noAddresses)
    expect([email, await code(email, PASSWORD)]).toEqual([email, ['EMAIL_INVALID input email']]);
  const weak = ['', 'short', 'aaaaaaaaaaaaaaaa', 'x'.repeat(1_000_000), 'Ada.Lovelace@Example.COM'];
  for (const password of weak) {
    expect(await code('ada.lovelace@example.com', password)).toEqual(['PASSWORD_TOO_WEAK input password']);
  }
  expect(await database.prisma.customer.count()).toBe(before);
});

test('a password in another Unicode form signs in; a longer one that begins the same does not', async () => {
  const email = newEmail();
  await mutate('customerCreate', '', { email, password: 'caf\u00e9 au march\u00e9' });
  expect((await signIn(email, 'cafe\u0301 au marche\u0301')).userErrors).toEqual([]);
  const longest = newEmail();
  const password = 'abcdefgh'.repeat(32);
  await mutate('customerCreate', '', { email: longest, password });
  expect((await signIn(longest, password)).userErrors).toEqual([]);
  expect((await signIn(longest, `${password}x`)).userErrors[0].code).toBe('CREDENTIALS_INVALID');
});

test('39: a customer is seen by themselves, by staff with the scope and by subgraphs; for others there is none', async () => {
  const [ada, bo] = [await register({ name: 'Ada' }), await register()];
  const entities = async (viewer: typeof ada.viewer | null, caller = 'router') => {
    const representations = [ada.id, 'cus_01JD0000000000000000000000', `cus_${'\0'.repeat(26)}`].map((id) => ({
      __typename: 'Customer',
      id,
    }));
    const source = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { name email } } }';
    return ask(source, { r: representations }, viewer, caller);
  };
  const seen = { data: { _entities: [{ name: 'Ada', email: ada.email }, null, null] }, errors: [] };
  const unseen = { data: { _entities: [null, null, null] }, errors: [] };
  expect(await entities(ada.viewer)).toEqual(seen);
  expect(await entities({ ...bo.viewer, scopes: ['customers:read'] })).toEqual(seen);
  expect(await entities(null, 'orders')).toEqual(seen);
  for (const viewer of [bo.viewer, { ...bo.viewer, scopes: ['orders:read', 'orders:write'] }, null]) {
    expect(await entities(viewer)).toEqual(unseen);
  }
});

test('customersByIds answers subgraphs in the order asked for, and never the router', async () => {
  const [ada, bo] = [await register({ name: 'Ada' }), await register()];
  const ids = [bo.id, newId('cus'), ada.id, bo.id, '\0'];
  const expected = [
    { id: bo.id, email: bo.email, name: null },
    null,
    { id: ada.id, email: ada.email, name: 'Ada' },
    { id: bo.id, email: bo.email, name: null },
    null,
  ];
  expect(await ask(customersByIds.query, { ids }, null, 'notifications')).toEqual({
    data: { customersByIds: expected },
    errors: [],
  });
  const staff = { ...ada.viewer, scopes: ROLES.admin };
  expect(await ask(customersByIds.query, { ids }, staff)).toEqual({ data: null, errors: ['FORBIDDEN'] });
});

test('the demo accounts sign in, once made however often they are seeded at once', async () => {
  await Promise.all([seedDemoAccounts(), seedDemoAccounts()]);
  await seedDemoAccounts();
  const rows = await database.prisma.customer.findMany({
    where: { email: { endsWith: '@souk.test' } },
    include: { addresses: true },
    orderBy: { email: 'asc' },
  });
  expect(rows.map(({ email, role, addresses }) => [email, role, addresses.length])).toEqual([
    ['admin@souk.test', 'admin', 0],
    ['seller@souk.test', 'seller', 0],
    ['shopper@souk.test', null, 1],
  ]);
  const { session } = await signIn('shopper@souk.test', DEMO_PASSWORD);
  expect(session.customer.emailVerified).toBe(true);
  expect(await announced('accounts.customer-registered.v1', 'shopper@souk.test')).toEqual([]);
});

test('the shop says where it delivers', async () => {
  const { data } = await ask('{ shop { name currency locales countries paymentProvider paymentPublishableKey } }');
  const { countries, ...rest } = data.shop;
  expect(rest).toEqual({
    name: 'Souk',
    currency: 'EUR',
    locales: ['en'],
    paymentProvider: 'test',
    paymentPublishableKey: null,
  });
  expect(countries).toHaveLength(27);
  expect(countries).toEqual(expect.arrayContaining(['DE', 'AT', 'FR', 'NL', 'IT', 'ES']));
});
