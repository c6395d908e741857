import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { parseDecimal } from '#platform/money/money.ts';
import { forSale, stockOf } from './cart-prices.ts';
import { ratesOfNow } from './currency-of-cart.ts';
import { type CartLineRecord, checkLineCount, checkQuantity } from './rules/cart-lines.ts';

/** Lines as they were asked for, with what the catalog says of them: unknown and unpublished variants are refused. */
export async function newLines(
  context: Context,
  wanted: readonly { variantId: string; quantity: number }[],
  currency: string,
): Promise<CartLineRecord[]> {
  checkLineCount(wanted.length);
  for (const [i, { quantity }] of wanted.entries())
    checkQuantity(quantity, 1, ['input', 'lines', String(i), 'quantity']);
  const variants = await forSale(
    context,
    wanted.map(({ variantId }) => variantId),
    currency,
    await ratesOfNow(context, currency),
  );
  return wanted.map(({ variantId, quantity }, i) => {
    const variant = variants[i];
    if (!variant?.sellable) {
      throw new Refusal('VARIANT_NOT_FOUND', 'This is not sold, or not any more.', {
        path: ['input', 'lines', String(i), 'variantId'],
      });
    }
    const { title, sku, unitPrice, weightGrams, productId, categoryIds, sellerId, isGiftCard } = variant;
    const price = parseDecimal(unitPrice.amount, unitPrice.currency);
    if (!price) throw new Error(`${unitPrice.amount} is no price.`);
    return {
      id: newId('cln'),
      variantId,
      quantity,
      title,
      sku,
      unitPrice: price.minor.toString(),
      weightGrams,
      productId,
      categoryIds,
      sellerId,
      ...(isGiftCard && { isGiftCard }),
    };
  });
}

/**
 * Refuses lines that would hold more than can be promised. Carts reserve nothing and placing checks again, so where
 * inventory cannot be asked the lines are taken: a shopper may fill a cart while that part is down.
 */
export function checkStock(
  lines: readonly CartLineRecord[],
  stock: ReadonlyMap<string, number>,
  touched: readonly string[],
  paths: readonly (readonly string[])[],
): void {
  for (const line of lines) {
    const at = touched.indexOf(line.variantId);
    const available = stock.get(line.variantId);
    if (at < 0 || available === undefined || line.isGiftCard || line.quantity <= available) continue;
    const message = available > 0 ? `Only ${available} of ${line.title} are left.` : `${line.title} is sold out.`;
    throw new Refusal('INSUFFICIENT_STOCK', message, { path: paths[at] ?? ['input', 'lines'], details: { available } });
  }
}

/** What can be promised of each variant, without those that cannot be told or may be backordered. */
export async function promisable(context: Context, variantIds: readonly string[]): Promise<Map<string, number>> {
  const levels = await stockOf(context, variantIds);
  return new Map(
    levels.flatMap((level) => (level && !level.backorderable ? [[level.variantId, level.available] as const] : [])),
  );
}

export const quantityPaths = (count: number): string[][] =>
  Array.from({ length: count }, (_, i) => ['input', 'lines', String(i), 'quantity']);
