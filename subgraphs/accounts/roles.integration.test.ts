import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyViewerToken } from '#platform/auth/viewer-token.ts';
import { inProject } from '#platform/config/root.ts';
import { applyMigrations } from '#platform/database/migrate.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { hashPassword } from './credentials/password-hash.ts';
import { database } from './database.ts';
import { ROLES } from './rules/roles.ts';
import { seedDemoAccounts } from './seed-demo-accounts.ts';
import { PASSWORD, signIn } from './testing/accounts-api.ts';

const MIGRATIONS = inProject('prisma/accounts/migrations');
let older: string;
let drop: () => Promise<void>;

/** The database of a version before there were roles. */
beforeAll(async () => {
  older = await mkdtemp(path.join(tmpdir(), 'souk-older-'));
  const names = (await readdir(MIGRATIONS)).sort();
  for (const name of names.slice(
    0,
    names.findIndex((each) => each.endsWith('_roles')),
  ))
    await cp(path.join(MIGRATIONS, name), path.join(older, name), { recursive: true });
  const made = await createTestDatabase('accounts');
  drop = made.drop;
  await applyMigrations(made.url, older);
  await database.open(made.url);
  const passwordHash = await hashPassword(PASSWORD);
  for (const [email, scopes] of Object.entries(EARLIER))
    await database.transaction((client) =>
      client.query('INSERT INTO customer (id, email, password_hash, scopes) VALUES ($1, $2, $3, $4)', [
        ...[`cus_${email}`, email, passwordHash, scopes],
      ]),
    );
  expect((await applyMigrations(made.url, MIGRATIONS))[0]).toMatch(/_roles$/);
});
afterAll(async () => {
  await database.close();
  await drop();
  await rm(older, { recursive: true });
});

const FIRST_STAFF = [
  'orders:read',
  'orders:write',
  'products:write',
  'inventory:write',
  'promotions:write',
  'customers:read',
];

/** Accounts as the versions before made them, and some that somebody wrote by hand. */
const EARLIER: Record<string, string[]> = {
  'admin@souk.test': FIRST_STAFF,
  'later@souk.test': [
    ...FIRST_STAFF,
    'operations:read',
    'operations:write',
    'catalog:write',
    'reviews:write',
    'own:thing',
  ],
  'seller@souk.test': ['products:write', 'inventory:write'],
  'support@souk.test': ['orders:read', 'customers:read'],
  'shopper@souk.test': [],
};

async function scopesOf(email: string): Promise<string[] | undefined> {
  const { session } = await signIn(email);
  return (await verifyViewerToken(session.accessToken))?.scopes.toSorted();
}

test('accounts that an earlier version made have what their role gives now, and no others have more than before', async () => {
  expect(await scopesOf('admin@souk.test')).toEqual([...ROLES.admin].sort());
  expect(await scopesOf('later@souk.test')).toEqual([...ROLES.admin, 'own:thing'].sort());
  expect(await scopesOf('seller@souk.test')).toEqual([...ROLES.seller].sort());
  expect(await scopesOf('support@souk.test')).toEqual(['customers:read', 'orders:read']);
  expect(await scopesOf('shopper@souk.test')).toEqual([]);
});

test('a demo shop that is started again keeps them as they are', async () => {
  const before = await database.prisma.customer.findMany({ orderBy: { id: 'asc' } });
  await seedDemoAccounts();
  expect(await database.prisma.customer.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
  expect(await scopesOf('admin@souk.test')).toEqual([...ROLES.admin].sort());
});
