import { Database } from '#platform/database/database.ts';
import { PrismaClient } from '#prisma/carts/generated/client.ts';

export const database = new Database('carts', (options) => new PrismaClient(options));
