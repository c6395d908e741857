import { Database } from '#platform/database/database.ts';
import { PrismaClient } from '#prisma/inventory/generated/client.ts';

export const database = new Database('inventory', (options) => new PrismaClient(options));
