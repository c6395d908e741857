import type { Step } from '#platform/saga/saga.ts';
import { fulfillmentsCancel } from '#subgraphs/shipping/contracts/fulfillments-cancel.ts';
import { type CancelState, tooLate } from './cancel-state.ts';
import { returnBoughtCards, takeBoughtCards } from './take-bought-cards.ts';

/**
 * First of all: what has left cannot be cancelled, and what has not must not leave any more. Gift cards go before parcels:
 * where one is spent the order stays as it is, parcels and all.
 */
export const stopParcels: Step<CancelState> = {
  name: 'stop',
  async do({ context, orderId }) {
    await takeBoughtCards(context, orderId);
    const { fulfillmentsCancel: parcels } = await context.ask(fulfillmentsCancel, { orderId });
    if (!parcels.cancelled) throw tooLate();
  },
  undo: ({ context, orderId }) => returnBoughtCards(context, orderId),
};
