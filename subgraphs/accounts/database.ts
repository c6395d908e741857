import { Database } from '#platform/database/database.ts';
import { PrismaClient } from '#prisma/accounts/generated/client.ts';

export const database = new Database('accounts', (options) => new PrismaClient(options));
