import { defineEvent } from '#platform/outbox/event.ts';

/** A product as it is since a change: made, edited, published, withdrawn or deleted. */
export interface ChangedProduct {
  readonly productId: string;
  /** Grows with every change: what is older than what you have may be dropped. */
  readonly version: number;
  readonly published: boolean;
  /** It is never published again. */
  readonly deleted: boolean;
  /** Variants that there were not before; `onHand` is their first stock. */
  readonly newVariants: readonly { readonly variantId: string; readonly onHand: number }[];
}

/** Some products at once, as an import writes them: at most `MOST_PRODUCTS_OF_EVENT`. */
export const productsChanged = defineEvent<{ products: ChangedProduct[] }>('catalog.products-changed.v1');

export const MOST_PRODUCTS_OF_EVENT = 100;
