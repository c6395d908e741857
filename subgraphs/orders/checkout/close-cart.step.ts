import type { Step } from '#platform/saga/saga.ts';
import { cartClose } from '#subgraphs/carts/contracts/checkout.ts';
import type { CheckoutState } from './checkout-state.ts';

/** The cart became the order. */
export const closeCart: Step<CheckoutState> = {
  name: 'close',
  async do({ context, input, orderId }) {
    await context.ask(cartClose, { cartId: input.cartId, orderId });
  },
};
