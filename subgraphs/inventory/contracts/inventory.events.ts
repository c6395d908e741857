import { defineEvent } from '#platform/outbox/event.ts';

/** What can be promised of a variant fell to its threshold or below; told again only after it rose above. */
export const stockLow = defineEvent<{
  variantId: string;
  /** Over all locations; below 0 where it is backordered. */
  available: number;
  threshold: number;
}>('inventory.stock-low.v1');
