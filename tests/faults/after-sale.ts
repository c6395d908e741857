import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '#tests/program/api-client.ts';
import { answerBank } from './bank.ts';
import type { Random } from './random.ts';
import { attempt, count, type Told } from './told.ts';

/** What may follow a purchase, and how often it does. */
export const DEEDS = { leave: 4, follow: 2, cancel: 2, refund: 1, edit: 3, return: 1 } as const;
export type Deed = keyof typeof DEEDS;

/** An order that somebody placed, and all who deal with it. */
export interface Sale {
  readonly id: string;
  readonly accessToken: string;
  readonly shopper: ApiClient;
  readonly staff: ApiClient;
  readonly variants: readonly string[];
  readonly random: Random;
  readonly told: Told;
}

interface Refused {
  readonly userErrors: readonly { code: string; retryAfterSeconds: number | null }[];
}

const ERRORS = 'userErrors { code retryAfterSeconds }';
const TRIES = 25;
/** BUSY for longer says that it was given up. */
const SOON_SECONDS = 5;

/** Once everything is up again, whoever asks further is answered within this, with a yes or a no. */
const ANSWERED_WITHIN_MS = 15_000;

/** Asks a mutation until it is answered with something else than that it should be asked again at once: null when it never was. */
async function insist<Answer extends Refused>(
  api: ApiClient,
  { id, told }: Sale,
  field: string,
  selection: string,
  input: object,
): Promise<Answer | null> {
  const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input!`;
  const query = `mutation($input: ${type}) { ${field}(input: $input) { ${selection} ${ERRORS} } }`;
  while (Date.now() < told.healedAt + ANSWERED_WITHIN_MS) {
    const answer = (await attempt<Record<string, Answer>>(api, query, { input }, told))?.[field];
    const [refusal] = answer?.userErrors ?? [];
    if (answer && (refusal?.code !== 'BUSY' || refusal.retryAfterSeconds! > SOON_SECONDS)) return answer;
    await sleep(120);
  }
  told.unanswered.push(`${field} of ${id} has no answer, ${ANSWERED_WITHIN_MS / 1_000} s after all was well`);
  return null;
}

const isDone = (answer: Refused | null): boolean => answer?.userErrors.length === 0;

interface Shown {
  readonly status: string;
  readonly paymentStatus: string;
  readonly lines: readonly { id: string; quantity: number }[];
}

/** The order as staff see it, once it is so; null when it never was. */
async function seen({ id, staff, told }: Sale, is: (order: Shown) => boolean): Promise<Shown | null> {
  const query = 'query($id: ID!) { order(id: $id) { status paymentStatus lines { id quantity } } }';
  for (let tries = 0; tries < TRIES; tries++) {
    const order = (await attempt<{ order: Shown | null }>(staff, query, { id }, told))?.order;
    if (order && is(order)) return order;
    if (order?.status === 'CANCELLED') return null;
    await sleep(120);
  }
  return null;
}

export async function cancel(sale: Sale): Promise<void> {
  const { id, accessToken, shopper, told } = sale;
  told.cancelled.add(id);
  const query = `mutation($input: OrderCancelInput!) { orderCancel(input: $input) { ${ERRORS} } }`;
  const input = { orderId: id, accessToken };
  const answer = await attempt<{ orderCancel: Refused }>(shopper, query, { input }, told);
  count(told, answer && isDone(answer.orderCancel) ? 'cancelled' : 'cancel not done');
}

/** Once it is paid: before that there is nothing to give back. */
export async function refund(sale: Sale): Promise<void> {
  const { id, staff, random, told } = sale;
  await seen(sale, ({ paymentStatus }) => paymentStatus === 'PAID');
  const input = { orderId: id, amount: `${random.int(1, 5)}.00`, idempotencyKey: randomUUID(), reason: 'a fault test' };
  const query = `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { ${ERRORS} } }`;
  const ask = () => attempt<{ orderRefund: Refused }>(staff, query, { input }, told);
  // Once more with the same key: it is one refund.
  const answers = await Promise.all([ask(), ask()]);
  count(told, answers.some((answer) => answer && isDone(answer.orderRefund)) ? 'refunded' : 'refund not done');
}

interface Edited extends Refused {
  readonly balance: { amount: string } | null;
}

/** Makes the order smaller, or larger by more of the same or by something else; what is then due is paid, or is not. */
export async function edit(sale: Sale): Promise<void> {
  const { id, staff, variants, random, told } = sale;
  const order = await seen(sale, () => true);
  const line = order?.lines[0];
  if (!line) return count(told, 'edit not done');
  const before = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const less = line.quantity > 1 && random.chance(0.4);
  const more = random.chance(0.5)
    ? { lines: [{ lineId: line.id, quantity: line.quantity + 1 }] }
    : { add: [{ variantId: random.pick(variants), quantity: 1 }] };
  const change = less ? { lines: [{ lineId: line.id, quantity: line.quantity - 1 }] } : more;
  const after = less ? before - 1 : before + 1;

  told.units.set(id, [before, after]);
  const input = { orderId: id, reason: 'a fault test', idempotencyKey: randomUUID(), ...change };
  const ask = () => insist<Edited>(staff, sale, 'orderEdit', 'balance { amount }', input);
  // Once more with the same key: it is one change.
  const [answer] = await Promise.all([ask(), random.chance(0.3) ? ask() : null]);
  if (!answer) return count(told, 'edit unanswered');
  if (!isDone(answer)) {
    told.units.set(id, [before]);
    return count(told, 'edit not done');
  }
  if (Number(answer.balance?.amount) > 0) return settle(sale, before, after);
  told.units.set(id, [after]);
  count(told, 'edited');
}

/** What a larger order leaves due: paid, with one card or a second, or withdrawn, or never paid. */
async function settle(sale: Sale, before: number, after: number): Promise<void> {
  const { id, staff, random, told } = sale;
  const way = random.weighted({ pay: 4, declined: 1, bank: 1, withdraw: 3, leave: 1, cancel: 1 });
  if (way === 'cancel') return cancel(sale);
  if (way === 'leave') {
    told.units.set(id, [before]);
    return count(told, 'edit left unpaid');
  }
  if (way === 'withdraw') {
    const isWithdrawn = isDone(await insist(staff, sale, 'orderEditCancel', '', { orderId: id }));
    if (isWithdrawn) told.units.set(id, [before]);
    return count(told, isWithdrawn ? 'edit withdrawn' : 'withdrawal not done');
  }
  if (way === 'declined') await pay(sale, 'pm_card_chargeDeclined');
  const isPaid = await pay(sale, way === 'bank' ? 'pm_card_threeDSecure2Required' : 'pm_card_visa');
  if (isPaid) told.units.set(id, [after]);
  count(told, isPaid ? 'edited and paid' : 'edit not paid');
}

interface Paid extends Refused {
  readonly nextAction: { url: string } | null;
}

/** Whether the order is known to be paid. */
async function pay(sale: Sale, token: string): Promise<boolean> {
  const { id, accessToken, shopper } = sale;
  const order = { orderId: id, accessToken };
  const input = { ...order, payment: { token }, idempotencyKey: randomUUID() };
  const answer = await insist<Paid>(shopper, sale, 'orderPay', 'nextAction { url }', input);
  if (!answer?.nextAction) return isDone(answer);
  await answerBank(answer.nextAction.url, 'approve');
  const query = `mutation($input: OrderPaymentConfirmInput!) { orderPaymentConfirm(input: $input) { ${ERRORS} } }`;
  await attempt(shopper, query, { input: order }, sale.told);
  return false;
}

/** Once it has arrived, one unit goes back: asked for, allowed, received, perhaps on the shelf again, and paid back. */
export async function sendBack(sale: Sale): Promise<void> {
  const { id, accessToken, shopper, staff, random, told } = sale;
  const order = await seen(sale, ({ status }) => status === 'DELIVERED');
  if (!order) return count(told, 'return not done');
  const asked = await insist<Refused & { return: { id: string } | null }>(
    shopper,
    sale,
    'returnRequest',
    'return { id }',
    {
      ...{ orderId: id, accessToken, reason: 'a fault test', idempotencyKey: randomUUID() },
      lines: [{ lineId: order.lines[0]!.id, quantity: 1 }],
    },
  );
  if (!asked?.return) return count(told, 'return not done');
  const returnId = asked.return.id;
  await insist(staff, sale, 'returnApprove', '', { returnId });
  await insist(staff, sale, 'returnReceive', '', { returnId, restock: random.chance(0.7) });
  const isPaidBack = isDone(await insist(staff, sale, 'returnRefund', '', { returnId }));
  count(told, isPaidBack ? 'returned' : 'return not done');
}
