import { Database } from '#platform/database/database.ts';
import { PrismaClient } from '#prisma/orders/generated/client.ts';

export const database = new Database('orders', (options) => new PrismaClient(options));
