import { outboxResolver } from '#platform/outbox/reports.ts';
import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { AdjustStockResolver } from './adjust-stock.ts';
import { startAnnouncingTurns } from './announce-turns.ts';
import { CommitStockResolver } from './commit-stock.ts';
import { startCountingJournal } from './count-journal.ts';
import { database } from './database.ts';
import { startExpiring } from './expire-reservations.ts';
import { EXPORTED_KINDS } from './exported-kinds.ts';
import { startFillingBackorders } from './fill-backorders.ts';
import { GoodsAwaitedQueries } from './goods-awaited.ts';
import { InventoryAudit } from './inventory-audit.ts';
import { commitReservation } from './listeners/commit-reservation.listener.ts';
import { shipReservation } from './listeners/ship-reservation.listener.ts';
import { stockNewVariants } from './listeners/stock-new-variants.listener.ts';
import { RebuildStockResolver } from './rebuild-stock.ts';
import { ReleaseStockResolver } from './release-stock.ts';
import { ReservationQueries } from './reservations.queries.ts';
import { ReserveStockResolver } from './reserve-stock.ts';
import { RestockStockResolver } from './restock-stock.ts';
import { SetStockResolver } from './set-stock.ts';
import { SetStockPolicyResolver } from './set-stock-policy.ts';
import { StockBookFields } from './stock-book.fields.ts';
import { StockChangedSubscription } from './stock-changed.subscription.ts';
import { StockLevelsResolver } from './stock-levels.ts';
import { startSweepingReservations } from './sweep-reservations.ts';
import { variantsByIds } from './variant.loaders.ts';
import type { Variant } from './variant.type.ts';
import { LocationResolver } from './write-location.ts';

export const inventory: Subgraph = {
  name: 'inventory',
  database,
  announces: true,
  resolvers: [
    StockLevelsResolver,
    ReserveStockResolver,
    CommitStockResolver,
    ReleaseStockResolver,
    AdjustStockResolver,
    RestockStockResolver,
    SetStockResolver,
    SetStockPolicyResolver,
    RebuildStockResolver,
    LocationResolver,
    StockBookFields,
    StockChangedSubscription,
    InventoryAudit,
    ReservationQueries,
    GoodsAwaitedQueries,
    outboxResolver(database),
  ],
  references: {
    Variant: ({ id }: { id: string }, context) => context.loader<string, Variant | null>(variantsByIds).load(id),
  },
  exports: EXPORTED_KINDS,
  listeners: [commitReservation, shipReservation, stockNewVariants],
  startWork: () => [
    startExpiring(),
    startSweepingReservations(),
    startCountingJournal(),
    startAnnouncingTurns(),
    startFillingBackorders(),
  ],
};
