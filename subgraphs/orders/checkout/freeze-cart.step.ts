import { Refusal } from '#platform/errors/refusal.ts';
import type { Step } from '#platform/saga/saga.ts';
import { type CartFreezeResult, cartFreeze, cartReopen } from '#subgraphs/carts/contracts/checkout.ts';
import { database } from '../database.ts';
import type { CheckoutState } from './checkout-state.ts';

const forgetKey = database.statement('orders.forget-key', 'DELETE FROM idempotency WHERE order_id = $1');

/** Takes the cart as it is, priced, and keeps others from changing it. */
export const freezeCart: Step<CheckoutState> = {
  name: 'freeze',
  async do(state) {
    const { cartId, expectedVersion, expectedTotal } = state.input;
    const { cartFreeze: result } = await state.context.ask(cartFreeze, {
      cartId,
      orderId: state.orderId,
      expectedVersion,
      expectedTotal,
    });
    if (!result.snapshot) throw refusalOf(result);
    state.snapshot = result.snapshot;
  },
  /** Also lets go of the key: a refusal does not bind it. */
  async undo(state) {
    await state.context.ask(cartReopen, { cartId: state.input.cartId, orderId: state.orderId });
    await forgetKey(state.orderId);
  },
};

/** A cart's problem in the words of an order. */
const ORDER_CODES: Record<string, string> = {
  EMPTY: 'CART_EMPTY',
  DELIVERY_ADDRESS_REQUIRED: 'DELIVERY_REQUIRED',
  DELIVERY_OPTION_REQUIRED: 'DELIVERY_REQUIRED',
};

function refusalOf({ userErrors, problems }: CartFreezeResult): Refusal {
  const [error] = userErrors;
  if (error) return new Refusal(error.code, error.message, { path: ['input', 'cartId'] });
  const [problem] = problems;
  if (!problem) throw new Error('A cart was neither frozen nor refused.');
  return new Refusal(ORDER_CODES[problem.code] ?? problem.code, problem.message, {
    path: ['input', 'cartId'],
    details: problem.available === null ? {} : { available: problem.available },
  });
}
