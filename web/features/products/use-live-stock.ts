'use client';

import { useEffect, useState } from 'react';
import type { StockChangedSubscription } from '#generated/graphql.ts';
import { follow, type LiveDocument } from '#graphql/live.ts';

/** Where and by which subscription the browser hears of stock. */
export interface LiveStock extends LiveDocument {
  readonly address: string;
  /** What prices are in; null for the shop's own. */
  readonly currency: string | null;
}

type VariantStock = NonNullable<StockChangedSubscription['stockChanged']>;

/** The price and stock of the chosen variant as last announced; null until something was. */
export function useLiveStock(
  variantId: string | undefined,
  { address, currency, document, documentId }: LiveStock,
): VariantStock | null {
  const [stock, setStock] = useState<VariantStock | null>(null);
  useEffect(() => {
    if (!variantId) return;
    return follow<StockChangedSubscription>({
      address,
      document,
      documentId,
      variables: { variantId, currency },
      onResult: ({ stockChanged }) => stockChanged && setStock(stockChanged),
    });
  }, [variantId, address, currency, document, documentId]);
  return stock;
}
