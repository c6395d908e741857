import type { PoolClient } from 'pg';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { type Money, money, sum, toDecimal } from '#platform/money/money.ts';
import type { SagaRow } from '#platform/saga/saga-store.ts';
import type { GiftCardLine } from '#subgraphs/payments/contracts/gift-cards.ts';
import { checkoutConfig } from '../checkout/config.ts';
import { database } from '../database.ts';
import { type LockedOrder, lockOrder } from '../order-history.ts';
import { paidFor, priceOfUnits } from '../rules/refund-amount.ts';
import type { RefundInput, RefundLine } from './refund-state.ts';

/** What is to go back. */
export interface RefundWish {
  readonly orderId: string;
  readonly key: string;
  readonly requestHash: string;
  /** Null: what the units were paid for, or, where none are named, all that is left. */
  readonly amount: Money | null;
  /** What was taken and not given back, as payments says. */
  readonly left: Money;
  readonly lines: readonly { lineId: string; quantity: number }[];
  /** The payment that it goes back on, where staff names one. */
  readonly paymentId?: string | null;
  /** Whether units that were already paid back are left out rather than refused: a return may hold such. */
  readonly lenient: boolean;
  readonly restock: boolean;
  readonly reason: string | null;
  readonly returnId: string | null;
  readonly actor: string;
}

/** Binds the key, claims the units and starts the saga, all or nothing. `row` is null where the key was bound already. */
export const beginRefund = (wish: RefundWish): Promise<{ id: string; row: SagaRow | null }> =>
  database.transaction(async (client) => {
    const order = await lockOrder(client, wish.orderId);
    const known = await client.query<{ id: string; request_hash: string }>(
      'SELECT id, request_hash FROM refund WHERE order_id = $1 AND key = $2',
      [wish.orderId, wish.key],
    );
    const [bound] = known.rows;
    if (bound) {
      if (bound.request_hash !== wish.requestHash) throw keyConflict();
      return { id: bound.id, row: null };
    }
    if (order.edit_id) throw busy('This order is being changed.');
    const { lines, value, giftCards } = await claimUnits(client, order, wish);
    if (giftCards.length > 0 && giftCards.length < lines.length && wish.amount) throw cardsAlone();
    const amount = wish.amount ?? (wish.lines.length > 0 ? value : wish.left);
    checkAmount(order, amount, wish, value);
    return insert(client, order, wish, amount, lines, giftCards);
  });

async function claimUnits(client: PoolClient, order: LockedOrder, wish: RefundWish) {
  const prices: Money[] = [];
  const lines: RefundLine[] = [];
  const giftCards: (GiftCardLine & { take: number })[] = [];
  for (const [i, { lineId, quantity }] of wish.lines.entries()) {
    const { rows } = await client.query<LineRow>(
      'SELECT variant_id, quantity, unit_price, total, tax, gift_card, shipped, returned, refunded FROM order_line WHERE id = $1 AND order_id = $2',
      [lineId, wish.orderId],
    );
    const [row] = rows;
    if (!row) throw noSuchLine(i);
    const left = row.quantity - row.refunded;
    if (quantity > left && !wish.lenient) throw tooMany(i, `Only ${left} of these were not refunded yet.`, left);
    const priced = Math.min(quantity, left);
    const restocked = wish.restock ? quantity : 0;
    const away = row.gift_card ? 0 : unitsAway(order, row);
    if (restocked > away) throw tooMany(i, `Only ${away} of these are out of the house.`, away);
    const paid = paidFor(
      { total: BigInt(row.total), tax: BigInt(row.tax) },
      { taxIncluded: order.tax_included, currency: order.currency },
    );
    prices.push(priceOfUnits({ quantity: row.quantity, refunded: row.refunded, paid }, priced));
    lines.push({ lineId, variantId: row.variant_id, priced, restocked });
    if (row.gift_card && priced > 0)
      giftCards.push({ lineId, quantity: row.quantity, unitMinor: row.unit_price, take: priced });
    await client.query('UPDATE order_line SET refunded = refunded + $2, returned = returned + $3 WHERE id = $1', [
      ...[lineId, priced, restocked],
    ]);
  }
  return { lines, value: sum(prices, order.currency), giftCards };
}

interface LineRow {
  variant_id: string;
  quantity: number;
  gift_card: boolean;
  /** Minor units as text. */
  unit_price: string;
  total: string;
  tax: string;
  shipped: number;
  returned: number;
  refunded: number;
}

/** How many units of a line left and did not come back. */
export const unitsAway = (
  order: Pick<LockedOrder, 'fulfillment_status'>,
  line: Pick<LineRow, 'quantity' | 'shipped' | 'returned'>,
): number =>
  (['FULFILLED', 'DELIVERED'].includes(order.fulfillment_status) ? line.quantity : line.shipped) - line.returned;

const UNPAID = ['PENDING', 'REQUIRES_ACTION', 'AUTHORIZED'];

function checkAmount(order: LockedOrder, amount: Money, { left, lines, returnId }: RefundWish, value: Money): void {
  const path = ['input', 'amount'];
  // A return whose units were all paid back before ends without money.
  if (returnId && amount.minor === 0n) return;
  if (left.minor === 0n && UNPAID.includes(order.payment_status)) throw notPaid();
  if (amount.minor <= 0n && left.minor > 0n)
    throw new Refusal('AMOUNT_INVALID', 'Say how much is to go back, e.g. "9.90".', { path });
  if (lines.length > 0 && amount.minor > value.minor)
    throw new Refusal('AMOUNT_TOO_LARGE', `These units were paid with ${shown(value)}.`, { path });
  if (amount.minor <= 0n || amount.minor > left.minor)
    throw new Refusal('AMOUNT_TOO_LARGE', `At most ${shown(left)} can go back.`, { path });
}

async function insert(
  client: PoolClient,
  order: LockedOrder,
  wish: RefundWish,
  amount: Money,
  lines: readonly RefundLine[],
  giftCards: NonNullable<RefundInput['giftCards']>,
): Promise<{ id: string; row: SagaRow }> {
  const id = newId('ref');
  const { orderId, reason, returnId, actor, paymentId } = wish;
  const input: RefundInput = {
    ...{ orderId, reason, lines, returnId, actor },
    ...(giftCards.length > 0 && { giftCards }),
    ...(paymentId && { paymentId }),
    ...{ number: order.number, customerId: order.customer_id, amount: toDecimal(amount), currency: amount.currency },
  };
  await client.query(
    `INSERT INTO refund (id, order_id, key, request_hash, amount, reason, lines, return_id, status)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'RUNNING')`,
    [id, orderId, wish.key, wish.requestHash, amount.minor.toString(), reason, JSON.stringify(lines), returnId],
  );
  await client.query(
    `INSERT INTO saga (id, name, step, state, lease_until, input) VALUES ($1, 'refund', 'pay', 'RUNNING', now() + make_interval(secs => $2), $3)`,
    [id, checkoutConfig.leaseMs / 1_000, JSON.stringify(input)],
  );
  return { id, row: { id, step: 'pay', state: 'RUNNING', fence: 1, input, refusal: null, overdue: false } };
}

const shown = (amount: Money): string => `${toDecimal(money(amount.minor, amount.currency))} ${amount.currency}`;

const cardsAlone = () =>
  new Refusal('AMOUNT_INVALID', 'Leave out amount, or refund gift cards apart from other goods.', {
    path: ['input', 'amount'],
  });

export const keyConflict = () =>
  new Refusal(
    'IDEMPOTENCY_CONFLICT',
    'This idempotencyKey was used with other input; choose a new one for a new intent.',
    {
      path: ['input', 'idempotencyKey'],
    },
  );

export const notPaid = () =>
  new Refusal('INVALID_TRANSITION', 'Nothing was paid for this order yet; cancel it instead.', {
    path: ['input', 'orderId'],
  });

export const busy = (why: string) =>
  new Refusal('BUSY', `${why} Ask again in 2 seconds.`, { details: { retryAfterSeconds: 2 } });

export const noSuchLine = (i: number) =>
  new Refusal('LINE_NOT_FOUND', 'The order has no such line.', { path: ['input', 'lines', `${i}`, 'lineId'] });

export const tooMany = (i: number, sentence: string, available: number) =>
  new Refusal('INVALID_QUANTITY', sentence, {
    path: ['input', 'lines', `${i}`, 'quantity'],
    details: { available: Math.max(0, available) },
  });
