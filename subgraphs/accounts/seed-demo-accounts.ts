import { newId } from '#platform/database/id.ts';
import { hashPassword } from './credentials/password-hash.ts';
import { database } from './database.ts';
import type { ROLES } from './rules/roles.ts';

export const DEMO_PASSWORD = 'souk-demo-2026';

const SHOPPERS_ADDRESS = {
  name: 'Salma Haddad',
  line1: 'Hauptstraße 12',
  city: 'Berlin',
  postalCode: '10827',
  country: 'DE',
  phone: '+49 30 5550123',
};

/** For the demo shop only, since everybody knows the password. */
export const DEMO_ACCOUNTS = [
  { email: 'admin@souk.test', name: 'Amina Rossi', role: 'admin', address: null },
  { email: 'shopper@souk.test', name: 'Salma Haddad', role: null, address: SHOPPERS_ADDRESS },
  { email: 'seller@souk.test', name: 'Jonas Weber', role: 'seller', address: null },
] as const satisfies readonly {
  email: string;
  name: string;
  role: keyof typeof ROLES | null;
  address: object | null;
}[];

/** Makes the demo accounts that are missing, verified; those that are there stay as they are. No mail goes out. `ids` says who is to have which, by e-mail. */
export async function seedDemoAccounts(ids: Readonly<Record<string, string>> = {}): Promise<void> {
  const { prisma } = database;
  const there = await prisma.customer.findMany({
    where: { email: { in: DEMO_ACCOUNTS.map(({ email }) => email) } },
    select: { email: true },
  });
  const missing = DEMO_ACCOUNTS.filter(({ email }) => !there.some((row) => row.email === email));
  for (const { email, name, role, address } of missing) {
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    const data = {
      id: ids[email] ?? newId('cus'),
      email,
      name,
      role,
      passwordHash,
      emailVerifiedAt: new Date(),
    };
    await prisma.$transaction(async (transaction) => {
      // Another process may seed at this moment: then none comes back here.
      const [made] = await transaction.customer.createManyAndReturn({ data, skipDuplicates: true });
      if (!made || !address) return;
      await transaction.address.create({
        data: { id: newId('adr'), customerId: made.id, ...address, isDefault: true },
      });
    });
  }
}
