import { Database } from '#platform/database/database.ts';
import { PrismaClient } from '#prisma/operations/generated/client.ts';

export const database = new Database('operations', (options) => new PrismaClient(options));
