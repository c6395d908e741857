import type { ProductTraits } from '#subgraphs/catalog/contracts/product-traits.ts';
import type { OrderedProducts } from '#subgraphs/orders/contracts/ordered-products.ts';
import { countOrders } from './count-orders.ts';
import { database } from './database.ts';
import { writeProducts } from './write-products.ts';

export interface AdSeed {
  readonly id: string;
  readonly text: string;
  readonly productId: string;
  readonly contexts: readonly string[];
}

export interface DiscoverySeed {
  readonly products: readonly ProductTraits[];
  /** Counted as orders are. */
  readonly baskets: readonly Omit<OrderedProducts, 'isGone'>[];
  readonly ads: readonly AdSeed[];
}

/** In three statements; where an order has been counted already, nothing is added. */
export async function seedDiscovery({ products, baskets, ads }: DiscoverySeed): Promise<void> {
  if (await database.prisma.countedOrder.findFirst()) return;
  await writeProducts(products);
  await placeAds(JSON.stringify(ads));
  // Last, since it is what says that all is done.
  await countOrders(baskets);
}

const placeAds = database.statement(
  'discovery.seed-ads',
  `INSERT INTO ad (id, text, product_id, contexts, starts_at, created_by)
   SELECT id, text, "productId", contexts, now(), 'demo'
   FROM jsonb_to_recordset($1::jsonb) AS row(id text, text text, "productId" text, contexts text[]) ON CONFLICT DO NOTHING`,
);
