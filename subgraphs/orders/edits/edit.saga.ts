import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import type { Saga } from '#platform/saga/saga.ts';
import { sagaStore } from '#platform/saga/saga-store.ts';
import { checkoutConfig } from '../checkout/config.ts';
import { database } from '../database.ts';
import { applyEdit } from './apply-edit.step.ts';
import { type EditState, loadEdit } from './edit-state.ts';
import { holdFulfillments } from './hold-fulfillments.step.ts';
import { holdStock } from './hold-stock.step.ts';
import { priceEdit } from './price-edit.step.ts';
import { letStockGo, refundDifference, resumeFulfillments } from './settle-edit.steps.ts';
import { takePayment } from './take-payment.step.ts';
import { writeEdit } from './write-edit.step.ts';

const store = sagaStore(database, 'edit', checkoutConfig.leaseMs);

const NOT_PAID = new Refusal('PAYMENT_REQUIRED', 'The change was not paid in time, and the order is as it was.');

/** An order that has not left is changed, and paid for as it is then; or it is as it was. `unpaid` says why it is given up. */
export const editSaga = (contextFor: () => Context, unpaid: Refusal = NOT_PAID): Saga<EditState> => ({
  name: 'edit',
  store,
  overdue: unpaid,
  tooLate: new Refusal('BUSY', 'The order could not be changed, and is as it was. Try again in a minute.', {
    details: { retryAfterSeconds: 60 },
  }),
  load: (row) => loadEdit(row, contextFor),
  steps: [
    holdFulfillments,
    priceEdit,
    holdStock,
    writeEdit,
    takePayment,
    applyEdit,
    refundDifference,
    letStockGo,
    resumeFulfillments,
  ],
});
