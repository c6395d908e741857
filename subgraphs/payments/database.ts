import { Database } from '#platform/database/database.ts';
import { PrismaClient } from '#prisma/payments/generated/client.ts';

export const database = new Database('payments', (options) => new PrismaClient(options));
