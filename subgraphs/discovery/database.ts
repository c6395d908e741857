import { Database } from '#platform/database/database.ts';
import { PrismaClient } from '#prisma/discovery/generated/client.ts';

export const database = new Database('discovery', (options) => new PrismaClient(options));
