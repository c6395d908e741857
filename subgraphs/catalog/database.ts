import { Database } from '#platform/database/database.ts';
import { PrismaClient } from '#prisma/catalog/generated/client.ts';

export const database = new Database('catalog', (options) => new PrismaClient(options));
