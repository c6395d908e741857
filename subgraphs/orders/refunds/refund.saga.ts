import type { Context } from '#platform/graphql/context.ts';
import type { Saga, Step } from '#platform/saga/saga.ts';
import { sagaStore } from '#platform/saga/saga-store.ts';
import { stockRestock } from '#subgraphs/inventory/contracts/stock.ts';
import { checkoutConfig } from '../checkout/config.ts';
import { database } from '../database.ts';
import { payBack } from './pay-back.step.ts';
import { recordRefund } from './record-refund.step.ts';
import type { RefundInput, RefundState } from './refund-state.ts';

const store = sagaStore(database, 'refund', checkoutConfig.leaseMs);

/** Goods that came with the refund go on hand again, once. */
const restock: Step<RefundState> = {
  name: 'restock',
  async do({ context, orderId, refundId, lines }) {
    const back = lines.filter(({ restocked }) => restocked > 0);
    if (back.length === 0) return;
    const units = back.map(({ variantId, restocked }) => ({ variantId, quantity: restocked }));
    await context.ask(stockRestock, { input: { orderId, returnId: refundId, lines: units } });
  },
};

/**
 * Money goes back once, under the refund's id, or payments refuses it and nothing happened. Once asked, it is never
 * undone for a fault: what was not heard of may have been paid.
 */
export const refundSaga = (contextFor: () => Context): Saga<RefundState> => ({
  name: 'refund',
  store,
  load: async ({ id, input }) => ({ refundId: id, context: contextFor(), paid: null, ...(input as RefundInput) }),
  steps: [payBack, recordRefund, restock],
});
