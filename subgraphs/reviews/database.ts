import { Database } from '#platform/database/database.ts';
import { PrismaClient } from '#prisma/reviews/generated/client.ts';

export const database = new Database('reviews', (options) => new PrismaClient(options));
