import { live } from '#platform/live/live.ts';

/** What wakes those who follow a variant's stock. */
export const stockTopic = (variantId: string): string => `stock:${variantId}`;

/** Wakes the followers of variants of which more or less can be promised than before. */
export function announceStock(variantIds: Iterable<string>): void {
  for (const variantId of variantIds) live.publish(stockTopic(variantId));
}
