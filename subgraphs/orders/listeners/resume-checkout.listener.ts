import { defineListener } from '#platform/outbox/listener.ts';
import { runSaga } from '#platform/saga/saga.ts';
import { paymentSettled } from '#subgraphs/payments/contracts/payments.events.ts';
import { checkoutSaga } from '../checkout/checkout.saga.ts';
import { resumeEditOf } from '../edits/run-edit.ts';

/**
 * The provider told the end of a payment that waited for the shopper: the checkout, or the edit, goes on without them. It
 * asks payments itself, so that news twice, or of a checkout that went on already, changes nothing.
 */
export const resumeCheckout = defineListener(
  paymentSettled,
  'orders-resume-checkout',
  async ({ payload: { orderId } }, context) => {
    const saga = checkoutSaga(() => context);
    const row = await saga.store.resume(orderId);
    if (row) await runSaga(saga, row);
    await resumeEditOf(context, orderId);
  },
);
