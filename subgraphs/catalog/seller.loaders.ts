import { database } from './database.ts';
import { inOrder } from './product.loaders.ts';
import type { Seller } from './seller.type.ts';

/** In the order of `ids`, null where there is none. */
export async function sellersByIds(ids: readonly string[]): Promise<(Seller | null)[]> {
  return inOrder(ids, await database.prisma.seller.findMany({ where: { id: { in: [...ids] } } }));
}

export const sellerByHandle = (handle: string): Promise<Seller | null> =>
  database.prisma.seller.findUnique({ where: { handle } });
