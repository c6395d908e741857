import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { ordersForParcels } from '#subgraphs/orders/contracts/orders-for-parcels.ts';
import { byHand, consign } from './carriers/choose-carrier.ts';
import { changeDispatch, type Dispatch } from './dispatch/dispatch.ts';
import { fulfillmentForStaff } from './fulfillment.records.ts';
import { FulfillmentPayload } from './fulfillment-payload.type.ts';
import { chosenFrom, type ParcelLine, restOf, type Unsendable, type WantedLine } from './rules/rest-of-order.ts';
import { writtenLine } from './rules/written-line.ts';

@InputType()
class FulfillmentLineInput {
  @Field(() => ID)
  lineId!: string;

  @Field(() => Int)
  quantity!: number;
}

@InputType({
  description:
    "All that is left to send when no lines are given. With a carrier or a tracking number it is a parcel that you move by hand; else the shop's carrier takes it.",
})
export class FulfillmentInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => [FulfillmentLineInput], { nullable: true })
  lines?: FulfillmentLineInput[] | null;

  @Field(() => String, { nullable: true })
  carrier?: string | null;

  @Field(() => String, { nullable: true })
  trackingNumber?: string | null;

  @Field(() => String)
  idempotencyKey!: string;
}

@Resolver()
export class CreateFulfillment {
  @RequiresScopes('orders:write')
  @Mutation(() => FulfillmentPayload, { description: 'orders:write' })
  fulfillmentCreate(
    @Arg('input', () => FulfillmentInput) input: FulfillmentInput,
    @Ctx() context: Context,
  ): Promise<FulfillmentPayload> {
    return payload(async () => ({
      fulfillment: await fulfillmentForStaff(await createFulfillment(context, input), context),
    }));
  }
}

const MOST_LINES = 500;

/** Puts lines of a paid order into a parcel; two at once never send a line twice. Answers the parcel's id. */
export async function createFulfillment(context: Context, input: FulfillmentInput): Promise<string> {
  const key = writtenLine(input.idempotencyKey, 'idempotencyKey');
  if (!key) throw new Denied('BAD_USER_INPUT', 'Send an idempotencyKey, one for each parcel.');
  const carrier = writtenLine(input.carrier, 'carrier');
  const trackingNumber = writtenLine(input.trackingNumber, 'trackingNumber');
  const id = await changeDispatch(input.orderId, async (dispatch) => {
    const earlier = (await dispatch.parcels()).find(({ requestKey }) => requestKey === key);
    if (earlier) return earlier.id;
    const { row } = dispatch;
    if (!row.paid) throw notPaid();
    if (row.stopped)
      throw refused('INVALID_TRANSITION', 'This order was cancelled: nothing of it is sent.', ['input', 'orderId']);
    if (row.heldBy !== null)
      throw refused('INVALID_TRANSITION', 'This order is being changed. Try again in a moment.', ['input', 'orderId']);
    const chosen = choose(await dispatch.lines(), input.lines ?? null);
    const consignment = carrier || trackingNumber ? byHand(carrier, trackingNumber) : consign(row.country, row.city);
    return dispatch.make(chosen, consignment, key);
  });
  if (id !== null) return id;
  const { ordersForMail } = await context.ask(ordersForParcels, { ids: [input.orderId] });
  if (ordersForMail[0]) throw notPaid();
  throw refused('ORDER_NOT_FOUND', 'There is no such order.', ['input', 'orderId']);
}

function choose(lines: Awaited<ReturnType<Dispatch['lines']>>, wanted: readonly WantedLine[] | null): ParcelLine[] {
  if (!wanted) {
    const rest = restOf(lines);
    if (rest.length === 0)
      throw refused('ALREADY_FULFILLED', 'All of this order is in parcels already.', ['input', 'orderId']);
    return rest;
  }
  if (wanted.length === 0 || wanted.length > MOST_LINES)
    throw refused('INVALID_QUANTITY', `Send 1 to ${MOST_LINES} lines, or leave them out for all that is left.`, [
      'input',
      'lines',
    ]);
  const chosen = chosenFrom(lines, wanted);
  if (Array.isArray(chosen)) return chosen;
  throw refused(chosen.code, SENTENCES[chosen.code](chosen), [
    ...['input', 'lines', String(chosen.at)],
    chosen.code === 'INVALID_QUANTITY' ? 'quantity' : 'lineId',
  ]);
}

const SENTENCES: Record<Unsendable['code'], (why: Unsendable) => string> = {
  LINE_NOT_FOUND: () => 'The order has no such line.',
  INVALID_QUANTITY: ({ left }) => `Send 1 to ${left} of this line.`,
  ALREADY_FULFILLED: () => 'All of this line is in parcels already.',
};

const refused = (code: string, sentence: string, path: string[]) => new Refusal(code, sentence, { path });
const notPaid = () => refused('NOT_PAID', 'This order is not paid yet: send it when it is.', ['input', 'orderId']);
