import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { database } from './database.ts';
import { EXPORTED_KINDS } from './exported-kinds.ts';
import { ForgetBrowsing, startSweep } from './forget-browsing.ts';
import { CartSuggestions, DiscoveredCart, InterestQueries } from './interest.queries.ts';
import { boughtTogether } from './listeners/bought-together.listener.ts';
import { followProducts } from './listeners/follow-products.listener.ts';
import { forgetCancelled, forgetRefunded } from './listeners/forget-orders.listener.ts';
import { NeighborQueries } from './neighbor.queries.ts';
import { PlaceAds } from './place-ads.ts';
import { RebuildDiscovery, startRebuilding } from './rebuild.ts';
import { RecordBrowsing } from './record-browsing.ts';
import { ShowAds } from './show-ads.ts';

export const discovery: Subgraph = {
  name: 'discovery',
  database,
  announces: false,
  resolvers: [
    NeighborQueries,
    CartSuggestions,
    InterestQueries,
    RecordBrowsing,
    ForgetBrowsing,
    ShowAds,
    PlaceAds,
    RebuildDiscovery,
  ],
  orphanedTypes: [DiscoveredCart],
  references: {
    Product: async ({ id }: { id: string }) => ({ id }),
    Cart: async ({ id, productIds }: { id: string; productIds: string[] }) => ({ id, productIds: productIds ?? [] }),
  },
  listeners: [boughtTogether, followProducts, forgetCancelled, forgetRefunded],
  exports: EXPORTED_KINDS,
  urgency: 'last',
  startWork: (contextFor) => [startRebuilding(() => contextFor(null)), startSweep()],
};
