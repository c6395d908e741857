import { defineEvent } from '#platform/outbox/event.ts';

/** What can be promised of a variant fell to its threshold or below; told again only after it rose above. */
export const stockLow = defineEvent<{
  variantId: string;
  /** Over all locations; below 0 where it is backordered. */
  available: number;
  threshold: number;
}>('inventory.stock-low.v1');

/**
 * A confirmed order holds no stock: its reservation had expired before anybody heard that it was paid, and the goods were
 * sold meanwhile. Whoever took money for it gives the money back.
 */
export const reservationLost = defineEvent<{ orderId: string }>('inventory.reservation-lost.v1');

/** Of these variants there was something and is nothing now, or the other way round. Of a lower `sequence` than known it is old news. */
export const stockTurned = defineEvent<{ variants: { variantId: string; inStock: boolean }[]; sequence: number }>(
  'inventory.stock-turned.v1',
);
