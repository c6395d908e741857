import { announceChangeSoon } from '#platform/cache/changes.ts';
import { live } from '#platform/live/live.ts';

/** What wakes those who follow a variant's stock. */
export const stockTopic = (variantId: string): string => `stock:${variantId}`;

/** As a shop sells a variant many times a second, its followers need not be woken for each. */
const GATHER_MS = 200;

const gathered = new Set<string>();
let timer: NodeJS.Timeout | null = null;

/**
 * Of variants of which more or less can be promised than before: caches forget what they know at once, followers are woken
 * at most five times a second each.
 */
export function announceStock(variantIds: Iterable<string>): void {
  for (const variantId of variantIds) {
    gathered.add(variantId);
    announceChangeSoon(`Variant:${variantId}`);
  }
  if (timer || gathered.size === 0) return;
  timer = setTimeout(tell, GATHER_MS);
  timer.unref();
}

function tell(): void {
  timer = null;
  for (const variantId of gathered) live.publish(stockTopic(variantId), { patient: true });
  gathered.clear();
}
