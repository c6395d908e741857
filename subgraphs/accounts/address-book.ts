import { Refusal } from '#platform/errors/refusal.ts';
import type { Prisma } from '#prisma/accounts/generated/client.ts';
import { database } from './database.ts';
import { isId } from './rules/id-form.ts';

/** Runs a change of a customer's addresses alone, so that what it counts and which is the default stay true. */
export async function changeAddresses<Result>(
  customerId: string,
  change: (transaction: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  return database.prisma.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT id FROM customer WHERE id = ${customerId} FOR NO KEY UPDATE`;
    return change(transaction);
  });
}

/** No address is the default any more. */
export const clearDefault = (transaction: Prisma.TransactionClient, customerId: string) =>
  transaction.address.updateMany({ where: { customerId, isDefault: true }, data: { isDefault: false } });

/** The address if it is the customer's: another's is not found, like one that does not exist. */
export async function requireAddress(transaction: Prisma.TransactionClient, customerId: string, id: string) {
  const address = isId('adr', id) ? await transaction.address.findUnique({ where: { id, customerId } }) : null;
  if (address) return address;
  throw new Refusal('ADDRESS_NOT_FOUND', 'There is no such address in your book.', { path: ['input', 'id'] });
}
