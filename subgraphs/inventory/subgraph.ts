import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { CommitStockResolver } from './commit-stock.ts';
import { database } from './database.ts';
import { startExpiring } from './expire-reservations.ts';
import { commitReservation } from './listeners/commit-reservation.listener.ts';
import { shipReservation } from './listeners/ship-reservation.listener.ts';
import { ReleaseStockResolver } from './release-stock.ts';
import { ReserveStockResolver } from './reserve-stock.ts';
import { SetStockResolver } from './set-stock.ts';
import { StockChangedSubscription } from './stock-changed.subscription.ts';
import { StockLevelsResolver } from './stock-levels.ts';
import { variantsByIds } from './variant.loaders.ts';
import type { Variant } from './variant.type.ts';

export const inventory: Subgraph = {
  name: 'inventory',
  database,
  announces: false,
  resolvers: [
    StockLevelsResolver,
    ReserveStockResolver,
    CommitStockResolver,
    ReleaseStockResolver,
    SetStockResolver,
    StockChangedSubscription,
  ],
  references: {
    Variant: ({ id }: { id: string }, context) => context.loader<string, Variant | null>(variantsByIds).load(id),
  },
  listeners: [commitReservation, shipReservation],
  startWork: () => [startExpiring()],
};
