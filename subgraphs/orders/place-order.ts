import { Arg, Ctx, Directive, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { DecimalScalar } from '#platform/graphql/scalars.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { runSaga } from '#platform/saga/saga.ts';
import type { StoredRefusal } from '#platform/saga/saga-store.ts';
import { log } from '#platform/telemetry/log.ts';
import { whenThereIsRoom } from './checkout/backpressure.ts';
import { checkoutSaga } from './checkout/checkout.saga.ts';
import type { CheckoutInput } from './checkout/checkout-state.ts';
import { type Bound, bindKey, boundTo, hashOf, orderOf, untilSettled } from './checkout/idempotency.ts';
import { measuredPlacing } from './checkout/measured-placing.ts';
import { loadOrders, toOrder } from './order.records.ts';
import type { Order, PaymentAction } from './order.type.ts';
import { maySee, orderAccessToken } from './order-access.ts';
import { type OrderErrorCode, OrderPlacePayload } from './order-error.type.ts';

@InputType({ description: "`token` is what the provider's own form gave the client. Card numbers never reach Souk." })
export class PaymentInput {
  @Field(() => String, { nullable: true })
  provider?: string | null;

  @Field(() => String)
  token!: string;
}

@InputType()
export class OrderPlaceInput {
  @Field(() => ID)
  cartId!: string;

  @Field(() => String, { description: 'Chosen by the client, one per intent to buy; kept for at least 24 hours.' })
  idempotencyKey!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What the shopper was shown; another total is refused with PRICE_CHANGED.',
  })
  expectedTotal?: string | null;

  @Field(() => Int, { nullable: true })
  expectedVersion?: number | null;

  @Field(() => PaymentInput, { nullable: true, description: 'Not needed when the total is 0.' })
  payment?: PaymentInput | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of gift cards, at most 5: each pays what it can, in this order, and `payment` the rest.',
  })
  giftCards?: string[] | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'What the shopper was shown to pay beside the gift cards; where they pay another part by now, it is refused with GIFT_CARD_INVALID.',
  })
  expectedPayment?: string | null;
}

@Resolver()
export class PlaceOrder {
  @Directive('@cost(weight: 100)')
  @Mutation(() => OrderPlacePayload, {
    description:
      'Turns a cart into an order, once. The same cart and idempotencyKey always answer with the same order and access token; a\n' +
      'duplicate in flight waits for the first. A refusal does not bind the key. Another key for the same cart answers CART_CLOSED\n' +
      'with the order that exists.',
  })
  orderPlace(
    @Arg('input', () => OrderPlaceInput) input: OrderPlaceInput,
    @Ctx() context: Context,
  ): Promise<OrderPlacePayload> {
    return measuredPlacing(
      () => payload(() => whenThereIsRoom(() => placeOrder(context, input))) as Promise<OrderPlacePayload>,
    );
  }
}

interface Placed {
  order: Order;
  accessToken: string;
  nextAction: PaymentAction | null;
}

const TRIES = 2;

export async function placeOrder(context: Context, given: OrderPlaceInput): Promise<Placed> {
  const input = checked(context, given);
  for (let tries = 1; ; tries++) {
    try {
      return await tryToPlace(context, input);
    } catch (reason) {
      // It lost the cart to another key which then gave up: the cart is open again, and this is a new try.
      if (!(reason instanceof CartLetGo) || tries === TRIES) throw reason;
    }
  }
}

async function tryToPlace(context: Context, input: CheckoutInput): Promise<Placed> {
  const row = await bindKey(newId('ord'), input);
  if (!row) return replay(context, input);
  const none = { snapshot: null, order: null, lines: [], giftCardsWorth: 0n, codes: [] };
  const state = { orderId: row.id, input, context, ...none };
  const outcome = await runSaga(
    checkoutSaga(() => context),
    row,
    state,
  ).catch((reason) => {
    log.warn({ err: reason, order: row.id }, 'A checkout was interrupted; the sweeper goes on with it');
    return null;
  });
  if (!outcome) return waitFor(context, row.id, input);
  if ('refusal' in outcome) throw await refusalFor(context, outcome.refusal, input);
  return placed(row.id);
}

function checked(context: Context, given: OrderPlaceInput): CheckoutInput {
  const { cartId, idempotencyKey: key, expectedTotal, expectedVersion, payment, giftCards, expectedPayment } = given;
  if (key.length < 1 || key.length > 200) {
    throw new Refusal('IDEMPOTENCY_CONFLICT', 'idempotencyKey must have 1 to 200 characters; a UUID is a good one.', {
      path: ['input', 'idempotencyKey'],
    });
  }
  return {
    cartId,
    key,
    viewer: context.viewer,
    expectedTotal: expectedTotal ?? null,
    expectedVersion: expectedVersion ?? null,
    payment: payment ? { provider: payment.provider ?? null, token: payment.token } : null,
    ...(giftCards?.length ? { giftCards: checkedCodes(giftCards), expectedPayment: expectedPayment ?? null } : {}),
  };
}

const MOST_GIFT_CARDS = 5;
const MOST_CODE_LENGTH = 40;

function checkedCodes(codes: readonly string[]): readonly string[] {
  const path = ['input', 'giftCards'];
  if (codes.length > MOST_GIFT_CARDS)
    throw new Refusal('GIFT_CARD_INVALID', `An order takes ${MOST_GIFT_CARDS} gift cards at most.`, { path });
  const odd = codes.findIndex((code) => code.length > MOST_CODE_LENGTH || code.includes('\0'));
  if (odd < 0) return codes;
  throw new Refusal('GIFT_CARD_INVALID', 'We do not know this gift card. Check how its code is written.', {
    path: [...path, String(odd)],
  });
}

/** The key is bound already: by this very intent, by another one, or by somebody else. */
async function replay(context: Context, input: CheckoutInput): Promise<Placed> {
  const bound = await boundTo(input.cartId, input.key);
  // Let go of between two statements by a refusal: then this is a new try.
  if (!bound) return tryToPlace(context, input);
  checkSameIntent(context, bound, input);
  if (bound.state === 'DONE' || bound.state === 'WAITING') return placed(bound.order_id);
  return waitFor(context, bound.order_id, input);
}

function checkSameIntent(context: Context, bound: Bound, input: CheckoutInput): void {
  if (bound.placed_by && bound.placed_by !== context.viewer?.customerId) {
    throw new Refusal('CART_NOT_FOUND', 'There is no such cart.', { path: ['input', 'cartId'] });
  }
  if (bound.request_hash !== hashOf(input)) {
    throw new Refusal(
      'IDEMPOTENCY_CONFLICT',
      'This idempotencyKey was used with other input; choose a new one for a new intent.',
      {
        path: ['input', 'idempotencyKey'],
      },
    );
  }
}

/** A duplicate in flight waits for the first: an answer, or BUSY with a time; never a hang. */
async function waitFor(context: Context, orderId: string, input: CheckoutInput): Promise<Placed> {
  const settled = await untilSettled(orderId);
  if (!settled || settled.state === 'PARKED') throw busy();
  if (settled.state === 'REFUSED') throw await refusalFor(context, settled.refusal, input);
  return placed(orderId);
}

export const busy = () =>
  new Refusal('BUSY', 'The order is still being placed. Ask again with the same idempotencyKey in 2 seconds.', {
    details: { retryAfterSeconds: 2 },
  });

async function placed(orderId: string): Promise<Placed> {
  const [record] = await loadOrders([orderId]);
  if (!record) throw busy();
  return { order: toOrder(record), accessToken: orderAccessToken(orderId), nextAction: record.next_action };
}

/** A closed cart of which no order is known: it expired or was claimed, or whoever held it has let go of it since. */
class CartLetGo extends Refusal {}

/** A closed cart answers with the order that it became, to those who may see it. */
async function refusalFor(context: Context, refusal: StoredRefusal, { cartId }: CheckoutInput): Promise<Refusal> {
  const options = { ...(refusal.path ? { path: refusal.path } : {}), details: { ...refusal.details } };
  if ((refusal.code as OrderErrorCode) !== 'CART_CLOSED') return new Refusal(refusal.code, refusal.message, options);
  const { order_id: other, under_way: underWay } = await orderOf(cartId);
  if (!other && underWay) return busy();
  if (!other) return new CartLetGo(refusal.code, refusal.message, options);
  const [record] = await loadOrders([other]);
  const token = record ? orderAccessToken(record.id) : null;
  // Who holds a guest cart's id holds its order as well; a customer's order needs its customer.
  const visible =
    record && maySee(context, { id: record.id, customerId: record.customer_id }, record.customer_id ? null : token);
  return new Refusal('CART_CLOSED', refusal.message, {
    ...options,
    details: visible ? { payload: { order: toOrder(record), accessToken: token } } : {},
  });
}
