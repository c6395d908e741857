import { Arg, ID, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Internal } from '#platform/graphql/access.ts';
import { database } from './database.ts';
import { FulfillmentsCancelPayload } from './fulfillment.type.ts';

@Resolver()
export class CancelFulfillments {
  @Internal()
  @Mutation(() => FulfillmentsCancelPayload)
  async fulfillmentsCancel(@Arg('orderId', () => ID) orderId: string): Promise<FulfillmentsCancelPayload> {
    return { cancelled: await cancelFulfillments(orderId) };
  }
}

/**
 * Stops an order's parcel while it has not left, or before there is one: then a row without lines takes its place, so
 * that a late order-paid makes none. False when it has left.
 */
export const cancelFulfillments = async (orderId: string): Promise<boolean> =>
  (await stop(newId('ful'), orderId)).length > 0;

const stop = database.statement<{ id: string }>(
  'shipping.stop',
  `INSERT INTO fulfillment (id, order_id, status, carrier, tracking_number, lines, route) VALUES ($1, $2, 'CANCELLED', '', '', '[]', '{}')
   ON CONFLICT (order_id) DO UPDATE SET status = 'CANCELLED', next_move_at = NULL, updated_at = now()
   WHERE fulfillment.status IN ('PREPARING', 'CANCELLED') RETURNING id`,
);
