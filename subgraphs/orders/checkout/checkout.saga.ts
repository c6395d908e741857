import type { Viewer } from '#platform/auth/viewer.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import type { Saga } from '#platform/saga/saga.ts';
import { sagaStore } from '#platform/saga/saga-store.ts';
import { database } from '../database.ts';
import { authorizePayment } from './authorize-payment.step.ts';
import { type CheckoutState, loadCheckout } from './checkout-state.ts';
import { closeCart } from './close-cart.step.ts';
import { checkoutConfig } from './config.ts';
import { confirmOrder } from './confirm-order.step.ts';
import { createOrder } from './create-order.step.ts';
import { freezeCart } from './freeze-cart.step.ts';
import { redeemCodes } from './redeem-codes.step.ts';
import { reserveStock } from './reserve-stock.step.ts';

const store = sagaStore(database, 'checkout', checkoutConfig.leaseMs);

// Made once, for all sagas: an error takes its stack with it, half a percent of Node's work for a purchase.
const OVERDUE = new Refusal('PAYMENT_REQUIRED', 'The payment was not completed in time.');
const TOO_LATE = new Refusal('BUSY', 'The order could not be placed, and nothing was charged. Try again in a minute.', {
  details: { retryAfterSeconds: 60 },
});

/** A cart becomes an order, or nothing at all happened. */
export const checkoutSaga = (contextFor: (viewer: Viewer | null) => Context): Saga<CheckoutState> => ({
  name: 'checkout',
  store,
  overdue: OVERDUE,
  tooLate: TOO_LATE,
  load: (row) => loadCheckout(row, contextFor),
  steps: [freezeCart, createOrder, reserveStock, redeemCodes, authorizePayment, confirmOrder, closeCart],
});
