import type { Context } from '#platform/graphql/context.ts';
import type { Address as AddressRow, Customer as CustomerRow } from '#prisma/accounts/generated/client.ts';
import type { Address, Customer } from './customer.type.ts';
import { database } from './database.ts';
import { isId } from './rules/id-form.ts';
import { scopesOf } from './rules/roles.ts';

/** A customer as the API shows it. */
export const shownCustomer = (row: CustomerRow): Customer => ({
  id: row.id,
  email: row.email,
  emailVerified: row.emailVerifiedAt !== null,
  name: row.name,
  scopes: scopesOf(row),
  createdAt: row.createdAt,
});

/** Themselves, staff with `customers:read`, and other subgraphs. For others a customer does not exist. */
export const maySeeCustomer = (context: Context, id: string): boolean =>
  context.identity.caller !== 'router' || context.viewer?.customerId === id || context.has('customers:read');

/** By id, null where unknown. Says nothing about who may see them. */
export async function customersById(ids: readonly string[]): Promise<(Customer | null)[]> {
  const rows = await database.prisma.customer.findMany({ where: { id: { in: ids.filter((id) => isId('cus', id)) } } });
  const found = new Map(rows.map((row) => [row.id, shownCustomer(row)]));
  return ids.map((id) => found.get(id) ?? null);
}

/** The default one first, then as they were added. */
export async function addressesByCustomer(customerIds: readonly string[]): Promise<Address[][]> {
  const rows: AddressRow[] = await database.prisma.address.findMany({
    where: { customerId: { in: [...customerIds] } },
    orderBy: [{ isDefault: 'desc' }, { id: 'asc' }],
  });
  return customerIds.map((id) => rows.filter((row) => row.customerId === id));
}
