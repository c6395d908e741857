import type { Context } from '#platform/graphql/context.ts';
import type { Saga } from '#platform/saga/saga.ts';
import { sagaStore } from '#platform/saga/saga-store.ts';
import { stockRestock } from '#subgraphs/inventory/contracts/stock.ts';
import { checkoutConfig } from '../checkout/config.ts';
import { database } from '../database.ts';

/** Kept in the saga's row. */
export interface RestockInput {
  readonly orderId: string;
  readonly lines: readonly { variantId: string; quantity: number }[];
}

interface RestockState extends RestockInput {
  readonly returnId: string;
  readonly context: Context;
}

const store = sagaStore(database, 'restock', checkoutConfig.leaseMs);

/** Goods that came back go on hand again, once: one step, that goes on until inventory was heard. */
export const restockSaga = (contextFor: () => Context): Saga<RestockState> => ({
  name: 'restock',
  store,
  load: async ({ id, input }) => ({ returnId: id, context: contextFor(), ...(input as RestockInput) }),
  steps: [
    {
      name: 'restock',
      do: async ({ context, orderId, returnId, lines }) =>
        void (await context.ask(stockRestock, { input: { orderId, returnId, lines: [...lines] } })),
    },
  ],
});
