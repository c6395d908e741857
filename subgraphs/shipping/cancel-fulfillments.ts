import { Arg, ID, Mutation, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { changeAnyDispatch } from './dispatch/dispatch.ts';
import { FulfillmentsCancelPayload } from './fulfillment.type.ts';

@Resolver()
export class CancelFulfillments {
  @Internal()
  @Mutation(() => FulfillmentsCancelPayload)
  async fulfillmentsCancel(@Arg('orderId', () => ID) orderId: string): Promise<FulfillmentsCancelPayload> {
    return { cancelled: await cancelFulfillments(orderId) };
  }
}

/** Stops what is sent of an order while nothing has left, or before it is paid: then none is made. False when a parcel left. */
export const cancelFulfillments = (orderId: string): Promise<boolean> =>
  changeAnyDispatch(orderId, async (dispatch) => {
    const { row } = dispatch;
    if (row.shipped > 0) return false;
    if (row.stopped) return true;
    row.stopped = true;
    row.heldBy = null;
    for (const parcel of await dispatch.parcels()) if (parcel.status === 'PREPARING') await dispatch.cancel(parcel);
    return true;
  });
