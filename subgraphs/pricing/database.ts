import { Database } from '#platform/database/database.ts';
import { PrismaClient } from '#prisma/pricing/generated/client.ts';

export const database = new Database('pricing', (options) => new PrismaClient(options));
