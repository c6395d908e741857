import { searchProvider } from './chosen-search.ts';
import { indexProducts, type Transaction } from './index-products.ts';

/**
 * What every transaction calls last that writes products, their variants, or what others told of either: search finds
 * them as they then are, and no longer what is not published.
 */
export async function productsChanged(tx: Transaction, productIds: readonly string[]): Promise<void> {
  await indexProducts(tx, productIds);
  await searchProvider().changed(tx, productIds);
}
