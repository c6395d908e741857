import { createHash } from 'node:crypto';
import { Arg, Ctx, Directive, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { type MoneyType, shown } from '#platform/graphql/money.type.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { money } from '#platform/money/money.ts';
import { visibleOrder } from '../confirm-order-payment.ts';
import { type LineRecord, loadOrders, type OrderRecord, toOrder } from '../order.records.ts';
import type { Order } from '../order.type.ts';
import { keptLines, MOST_LINES } from '../rules/edited-lines.ts';
import { beginEdit, type EditRecord, editByKey, editProgress } from './edit.records.ts';
import { OrderEditPayload } from './edit-payload.type.ts';
import { tooLateToEdit } from './edit-state.ts';
import { asRefusal, runEdit, type Settled, untilSettled } from './run-edit.ts';

@InputType()
export class OrderEditLineInput {
  @Field(() => ID)
  lineId!: string;

  @Field(() => Int, { description: '0 takes the line out.' })
  quantity!: number;
}

@InputType()
export class OrderEditAddInput {
  @Field(() => ID)
  variantId!: string;

  @Field(() => Int, { defaultValue: 1 })
  quantity!: number;
}

@InputType()
export class OrderEditInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => [OrderEditLineInput], { nullable: true, description: 'Lines not named stay as they are.' })
  lines?: OrderEditLineInput[] | null;

  @Field(() => [OrderEditAddInput], { nullable: true, description: 'At what these cost today.' })
  add?: OrderEditAddInput[] | null;

  @Field(() => String)
  reason!: string;

  @Field(() => Int, { nullable: true, description: 'Another version of the order is refused with ORDER_CHANGED.' })
  expectedVersion?: number | null;

  @Field(() => String)
  idempotencyKey!: string;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether who ordered is sent a mail of it.' })
  notify!: boolean;
}

@Resolver()
export class EditOrder {
  @RequiresScopes('orders:write')
  @Directive('@cost(weight: 100)')
  @Mutation(() => OrderEditPayload, {
    description:
      'Changes the lines of an order of which nothing has left. Lines keep the price they were bought at; tax and delivery are\n' +
      'computed anew. What it costs less goes back at once; what it costs more is the `balance`, and the order waits until the\n' +
      'shopper has paid it with `orderPay`, or the edit is withdrawn. Once an idempotencyKey. orders:write',
  })
  orderEdit(
    @Arg('input', () => OrderEditInput) input: OrderEditInput,
    @Ctx() context: Context,
  ): Promise<OrderEditPayload> {
    return payload(() => editOrder(context, input)) as Promise<OrderEditPayload>;
  }
}

interface Edited {
  order: Order;
  balance: MoneyType;
}

const TRIES = 5;

export async function editOrder(context: Context, input: OrderEditInput): Promise<Edited> {
  checkTexts(input);
  const { orderId, idempotencyKey: key } = input;
  for (let tries = 0; tries < TRIES; tries++) {
    const record = await visibleOrder(context, orderId);
    const known = await editByKey(orderId, key);
    if (known) return replay(known, input);
    await checkEditable(record, input);
    const changes = { orderId, lines: input.lines ?? [], add: input.add ?? [], notify: input.notify };
    keptLines(record.lines as LineRecord[], changes.lines, changes.add);
    const edit = {
      id: newId('edit'),
      key,
      request_hash: hashOf(input),
      actor: context.signedIn().customerId,
      reason: input.reason,
    };
    const row = await beginEdit(edit, record, changes);
    if (row) return answer(orderId, await runEdit(context, row));
    // It changed meanwhile: look again.
  }
  throw busy();
}

function checkTexts({ reason, idempotencyKey, lines, add }: OrderEditInput): void {
  if (idempotencyKey.length < 1 || idempotencyKey.length > 200) {
    throw new Refusal('IDEMPOTENCY_CONFLICT', 'idempotencyKey must have 1 to 200 characters; a UUID is a good one.', {
      path: ['input', 'idempotencyKey'],
    });
  }
  if ((lines?.length ?? 0) > MOST_LINES || (add?.length ?? 0) > MOST_LINES) {
    throw new Refusal('INVALID_QUANTITY', `An order has at most ${MOST_LINES} lines.`, { path: ['input', 'lines'] });
  }
  if (reason.length > 500) {
    throw new Refusal('TOO_LONG', 'The reason has at most 500 characters.', { path: ['input', 'reason'] });
  }
}

async function checkEditable(record: OrderRecord, { expectedVersion }: OrderEditInput): Promise<void> {
  if (expectedVersion != null && expectedVersion !== record.version) {
    throw new Refusal('ORDER_CHANGED', `The order is at version ${record.version} now. Look at it again.`, {
      path: ['input', 'expectedVersion'],
      details: { payload: { order: toOrder(record) } },
    });
  }
  if (record.lines.some((line) => line.gift_card)) {
    throw new Refusal(
      'INVALID_TRANSITION',
      'An order with gift cards cannot be edited: refund what it is not to hold, and have the rest ordered anew.',
      { path: ['input', 'orderId'] },
    );
  }
  if (record.edit_id) {
    const [saga] = await editProgress(record.edit_id);
    if (saga?.state !== 'WAITING') throw busy();
    throw new Refusal('INVALID_TRANSITION', 'Another change of this order waits to be paid: withdraw it first.', {
      path: ['input', 'orderId'],
    });
  }
  if (record.status !== 'CONFIRMED' && record.status !== 'PREPARING') throw tooLateToEdit();
  // Capturing takes seconds; what is given back must have been taken.
  if (record.payment_status === 'AUTHORIZED') throw busy('The payment of this order is still being captured.');
  if (record.payment_status !== 'PAID' && record.payment_status !== 'PARTIALLY_REFUNDED') throw tooLateToEdit();
}

async function replay(edit: EditRecord, input: OrderEditInput): Promise<Edited> {
  if (edit.request_hash !== hashOf(input)) {
    throw new Refusal('IDEMPOTENCY_CONFLICT', 'This idempotencyKey was used with other input; choose a new one.', {
      path: ['input', 'idempotencyKey'],
    });
  }
  return answer(input.orderId, await untilSettled(edit.id));
}

async function answer(orderId: string, settled: Settled): Promise<Edited> {
  if (settled.state === 'REFUSED') throw asRefusal(settled.refusal);
  const [record] = await loadOrders([orderId]);
  return { order: toOrder(record!), balance: shown(money(record!.balance, record!.currency)) };
}

const hashOf = ({ lines, add, reason }: OrderEditInput): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        (lines ?? []).map(({ lineId, quantity }) => [lineId, quantity]),
        (add ?? []).map(({ variantId, quantity }) => [variantId, quantity]),
        reason,
      ]),
    )
    .digest('base64url');

const busy = (why = 'This order is being changed.') =>
  new Refusal('BUSY', `${why} Ask again in 2 seconds.`, { details: { retryAfterSeconds: 2 } });
