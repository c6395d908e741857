import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { database } from './database.ts';
import { changeDispatch, type Dispatch, type Parcel } from './dispatch/dispatch.ts';
import { fulfillmentForStaff } from './fulfillment.records.ts';
import { type FulfillmentState, FulfillmentStateEnum } from './fulfillment.type.ts';
import { FulfillmentPayload } from './fulfillment-payload.type.ts';
import { type ParcelStop, stopsBetween } from './rules/parcel-way.ts';
import { writtenLine } from './rules/written-line.ts';

@InputType({ description: 'Of a parcel that staff moves by hand. What is left out stays.' })
export class FulfillmentUpdateInput {
  @Field(() => ID)
  fulfillmentId!: string;

  @Field(() => FulfillmentStateEnum, { nullable: true, description: 'Forward only.' })
  status?: FulfillmentState | null;

  @Field(() => String, { nullable: true })
  carrier?: string | null;

  @Field(() => String, { nullable: true })
  trackingNumber?: string | null;
}

@InputType()
export class FulfillmentCancelInput {
  @Field(() => ID)
  fulfillmentId!: string;
}

@Resolver()
export class UpdateFulfillment {
  @RequiresScopes('orders:write')
  @Mutation(() => FulfillmentPayload, { description: 'orders:write' })
  fulfillmentUpdate(
    @Arg('input', () => FulfillmentUpdateInput) input: FulfillmentUpdateInput,
    @Ctx() context: Context,
  ): Promise<FulfillmentPayload> {
    return payload(async () => {
      await updateFulfillment(input);
      return { fulfillment: await fulfillmentForStaff(input.fulfillmentId, context) };
    });
  }

  @RequiresScopes('orders:write')
  @Mutation(() => FulfillmentPayload, {
    description: 'Takes a parcel apart that has not left: its lines are to be sent again. orders:write',
  })
  fulfillmentCancel(
    @Arg('input', () => FulfillmentCancelInput) { fulfillmentId }: FulfillmentCancelInput,
    @Ctx() context: Context,
  ): Promise<FulfillmentPayload> {
    return payload(async () => {
      await cancelFulfillment(fulfillmentId);
      return { fulfillment: await fulfillmentForStaff(fulfillmentId, context) };
    });
  }
}

const WORDS: Record<ParcelStop, string> = {
  PREPARING: 'Being packed',
  SHIPPED: 'Handed to the carrier',
  OUT_FOR_DELIVERY: 'Out for delivery',
  DELIVERED: 'Delivered',
};

/** What staff says of a parcel that no carrier moves. A status that it has already changes nothing. */
export function updateFulfillment({ fulfillmentId, status, ...input }: FulfillmentUpdateInput): Promise<void> {
  const carrier = writtenLine(input.carrier, 'carrier');
  const trackingNumber = writtenLine(input.trackingNumber, 'trackingNumber');
  return changeParcel(fulfillmentId, async (dispatch, parcel) => {
    if (parcel.carriedBy !== null) throw impossible('Its carrier moves this parcel: you cannot.');
    if (parcel.status === 'CANCELLED') throw impossible('This parcel was cancelled.');
    if (status === 'CANCELLED') throw impossible('Use fulfillmentCancel to cancel a parcel.');
    if (status && status !== parcel.status && stopsBetween(parcel.status, status).length === 0)
      throw impossible(`This parcel is ${parcel.status} already, and goes forward only.`);
    if (status && status !== parcel.status && dispatch.row.heldBy !== null)
      throw impossible('This order is being changed. Try again in a moment.');
    await dispatch.query(
      `UPDATE fulfillment SET carrier = coalesce($2, carrier), tracking_number = coalesce($3, tracking_number), updated_at = now()
       WHERE id = $1`,
      [parcel.id, carrier, trackingNumber],
    );
    const at = new Date();
    if (status && (await dispatch.advance(parcel, status, () => at)))
      await dispatch.say(parcel.id, [{ key: status, status, message: WORDS[status], at }]);
  });
}

/** Cancels a parcel while it is being prepared; again changes nothing. */
export const cancelFulfillment = (fulfillmentId: string): Promise<void> =>
  changeParcel(fulfillmentId, async (dispatch, parcel) => {
    if (parcel.status === 'CANCELLED') return;
    if (parcel.status !== 'PREPARING') throw impossible('This parcel has left and can no longer be cancelled.');
    await dispatch.cancel(parcel);
  });

async function changeParcel(
  fulfillmentId: string,
  change: (dispatch: Dispatch, parcel: Parcel) => Promise<void>,
): Promise<void> {
  const [row] = await orderOf(fulfillmentId);
  if (!row)
    throw new Refusal('FULFILLMENT_NOT_FOUND', 'There is no such parcel.', { path: ['input', 'fulfillmentId'] });
  await changeDispatch(row.order_id, async (dispatch) => {
    const parcel = (await dispatch.parcels()).find(({ id }) => id === fulfillmentId);
    if (parcel) await change(dispatch, parcel);
  });
}

const orderOf = database.statement<{ order_id: string }>(
  'shipping.order-of-parcel',
  'SELECT order_id FROM fulfillment WHERE id = $1',
);

const impossible = (sentence: string) =>
  new Refusal('INVALID_TRANSITION', sentence, { path: ['input', 'fulfillmentId'] });
