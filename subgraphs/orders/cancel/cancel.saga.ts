import type { Context } from '#platform/graphql/context.ts';
import type { Saga } from '#platform/saga/saga.ts';
import { sagaStore } from '#platform/saga/saga-store.ts';
import { stockRelease } from '#subgraphs/inventory/contracts/stock.ts';
import { checkoutConfig } from '../checkout/config.ts';
import { database } from '../database.ts';
import type { CancelInput, CancelState } from './cancel-state.ts';
import { giveMoneyBack } from './give-money-back.step.ts';
import { markCancelled } from './mark-cancelled.step.ts';
import { releaseCodes } from './release-codes.step.ts';
import { stopParcels } from './stop-parcels.step.ts';

const store = sagaStore(database, 'cancel', checkoutConfig.leaseMs);

/** A confirmed order is cancelled, or it has left and stays as it is. */
export const cancelSaga = (contextFor: () => Context): Saga<CancelState> => ({
  name: 'cancel',
  store,
  load: async ({ id, input }) => ({ orderId: id, context: contextFor(), ...(input as CancelInput) }),
  steps: [
    stopParcels,
    markCancelled,
    giveMoneyBack,
    { name: 'release', do: async ({ orderId, context }) => void (await context.ask(stockRelease, { orderId })) },
    releaseCodes,
  ],
});
