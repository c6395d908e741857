import { Database } from '#platform/database/database.ts';
import { PrismaClient } from '#prisma/notifications/generated/client.ts';

export const database = new Database('notifications', (options) => new PrismaClient(options));
