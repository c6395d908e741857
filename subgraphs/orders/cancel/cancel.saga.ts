import type { Context } from '#platform/graphql/context.ts';
import type { Saga } from '#platform/saga/saga.ts';
import { sagaStore } from '#platform/saga/saga-store.ts';
import { stockRelease } from '#subgraphs/inventory/contracts/stock.ts';
import { paymentVoid } from '#subgraphs/payments/contracts/payments.ts';
import { checkoutConfig } from '../checkout/config.ts';
import { database } from '../database.ts';

interface CancelState {
  readonly orderId: string;
  readonly context: Context;
}

const store = sagaStore(database, 'cancel', checkoutConfig.leaseMs);

/** What a cancelled order still owes: its money goes back, then its stock. Starts with the cancellation itself. */
export const cancelSaga = (contextFor: () => Context): Saga<CancelState> => ({
  name: 'cancel',
  store,
  load: async (row) => ({ orderId: row.id, context: contextFor() }),
  steps: [
    { name: 'void', do: async ({ orderId, context }) => void (await context.ask(paymentVoid, { orderId })) },
    { name: 'release', do: async ({ orderId, context }) => void (await context.ask(stockRelease, { orderId })) },
  ],
});
