import type { Step } from '#platform/saga/saga.ts';
import { fulfillmentsCancel } from '#subgraphs/shipping/contracts/fulfillments-cancel.ts';
import { type CancelState, tooLate } from './cancel-state.ts';

/** First of all: what has left cannot be cancelled, and what has not must not leave any more. */
export const stopParcels: Step<CancelState> = {
  name: 'stop',
  async do({ context, orderId }) {
    const { fulfillmentsCancel: parcels } = await context.ask(fulfillmentsCancel, { orderId });
    if (!parcels.cancelled) throw tooLate();
  },
};
