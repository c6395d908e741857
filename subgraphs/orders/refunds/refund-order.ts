import { createHash } from 'node:crypto';
import { Arg, Ctx, Directive, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { DecimalScalar } from '#platform/graphql/scalars.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { type Money, parseDecimal } from '#platform/money/money.ts';
import { giftCardsOwed } from '#subgraphs/payments/contracts/gift-cards.ts';
import { visibleOrder } from '../confirm-order-payment.ts';
import { loadOrders, type OrderRecord, toOrder } from '../order.records.ts';
import type { Order } from '../order.type.ts';
import { OrderPayload } from '../order-error.type.ts';
import { requireKey, writtenText } from '../rules/written-text.ts';
import { busy } from './begin-refund.ts';
import { leftToRefund, runRefund } from './run-refund.ts';
import { checkedUnits, UnitsInput } from './units.input.ts';

@InputType()
export class OrderRefundInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Without it, what the named lines were paid for; without either, all that is left.',
  })
  amount?: string | null;

  @Field(() => [UnitsInput], { nullable: true, description: 'Units that are paid back, each once.' })
  lines?: UnitsInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the named units came back and go on hand again; they must have left.',
  })
  restock?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The payment of the order that it goes back on. Without it gift cards first, then the others, the oldest first.',
  })
  paymentId?: string | null;

  @Field(() => String, { nullable: true })
  reason?: string | null;

  @Field(() => String)
  idempotencyKey!: string;
}

@Resolver()
export class RefundOrder {
  @RequiresScopes('orders:write')
  @Directive('@cost(weight: 50)')
  @Mutation(() => OrderPayload, { description: 'orders:write' })
  orderRefund(
    @Arg('input', () => OrderRefundInput) input: OrderRefundInput,
    @Ctx() context: Context,
  ): Promise<OrderPayload> {
    return payload(() => refundOrder(context, input)) as Promise<OrderPayload>;
  }
}

/** Gives back all that is left, a part, or what some units were paid for; never more than was captured. */
export async function refundOrder(context: Context, input: OrderRefundInput): Promise<{ order: Order }> {
  const key = requireKey(input.idempotencyKey);
  const record = await visibleOrder(context, input.orderId);
  const lines = checkedUnits(input.lines ?? []);
  const amount = input.amount == null ? null : checkedAmount(input.amount, record.currency);
  const restock = input.restock ?? false;
  if (restock && lines.length === 0) {
    throw new Refusal('LINE_NOT_FOUND', 'Name the lines whose units came back.', { path: ['input', 'lines'] });
  }
  const reason = input.reason ? writtenText(input.reason) : null;
  const paymentId = input.paymentId ?? null;
  await runRefund(context, {
    ...{ orderId: record.id, key: `key/${key}`, amount, lines, restock, reason, paymentId },
    ...{ lenient: false, returnId: null, actor: context.signedIn().customerId },
    // As ever where no payment is named: a key that was bound before there was a choice stays good.
    requestHash: hashOf([amount?.minor.toString() ?? null, lines, restock, reason, ...(paymentId ? [paymentId] : [])]),
    left: await leftFor(context, record, lines.length > 0 || amount !== null, lines.length > 0),
  });
  const [now] = await loadOrders([record.id]);
  return { order: toOrder(now ?? record) };
}

/** What may go back. Without naming the lines of gift cards it is what they do not owe: the cards stay good. */
async function leftFor(context: Context, record: OrderRecord, says: boolean, namesLines: boolean): Promise<Money> {
  const left = await leftToRefund(context, record.id, record.currency);
  const cards = record.lines.filter((line) => line.gift_card);
  if (namesLines || cards.length === 0) return left;
  if (cards.some((line) => line.shipped < line.quantity)) throw busy('The gift cards of this order are being issued.');
  const { giftCardsOwed: owed } = await context.ask(giftCardsOwed, { orderId: record.id });
  if (!says && owed !== '0')
    throw new Refusal('LINE_NOT_FOUND', 'This order has gift cards: name the lines that go back.', {
      path: ['input', 'lines'],
    });
  return { ...left, minor: left.minor - BigInt(owed) };
}

export function checkedAmount(text: string, currency: string): Money {
  const amount = parseDecimal(text, currency);
  if (amount && amount.minor > 0n) return amount;
  throw new Refusal('AMOUNT_INVALID', `${text} is no amount of ${currency} that could go back.`, {
    path: ['input', 'amount'],
  });
}

export const hashOf = (meaning: unknown): string =>
  createHash('sha256').update(JSON.stringify(meaning)).digest('base64url');
