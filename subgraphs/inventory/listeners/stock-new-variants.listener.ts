import { defineListener } from '#platform/outbox/listener.ts';
import { productsChanged } from '#subgraphs/catalog/contracts/products-changed.event.ts';
import { seedStock } from '../seed-stock.ts';
import { announceStock } from '../stock-news.ts';

const CONSUMER = 'inventory-stock-new-variants';

/** A variant that is new has a place in stock, so that staff can fill it. One that has some is left alone, so twice is harmless. */
export const stockNewVariants = defineListener(productsChanged, CONSUMER, async ({ payload }) => {
  const fresh = payload.products.flatMap(({ newVariants }) => newVariants);
  if (fresh.length === 0) return;
  await seedStock(fresh);
  announceStock(fresh.map(({ variantId }) => variantId));
});
