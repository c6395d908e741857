import { Database } from '#platform/database/database.ts';
import { PrismaClient } from '#prisma/shipping/generated/client.ts';

export const database = new Database('shipping', (options) => new PrismaClient(options));
