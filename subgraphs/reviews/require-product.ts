import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { productsOnSale } from '#subgraphs/catalog/contracts/products-on-sale.ts';

/** Refuses what is not published just like what does not exist. */
export async function requireProduct(context: Context, productId: string): Promise<void> {
  // Postgres keeps no NUL in a text, so that no product has one in its id.
  const isId = productId.length <= 100 && !productId.includes('\0');
  const [product] = isId ? (await context.ask(productsOnSale, { ids: [productId] })).productsByIds : [];
  if (product) return;
  throw new Refusal('PRODUCT_NOT_FOUND', 'There is no such product.', { path: ['input', 'productId'] });
}
