import { Refusal } from '#platform/errors/refusal.ts';
import type { Step } from '#platform/saga/saga.ts';
import { stockRelease, stockReserve } from '#subgraphs/inventory/contracts/stock.ts';
import { database } from '../database.ts';
import type { CheckoutState } from './checkout-state.ts';
import { checkoutConfig } from './config.ts';

/** An order whose payment is due is ended first, and its goods are let go of after that. */
const LONGER_SECONDS = 60;

/** Holds every line or none, until the payment is settled or its time is over. */
export const reserveStock: Step<CheckoutState> = {
  name: 'reserve',
  async do({ context, orderId, lines }) {
    // An order of gift cards alone.
    if (lines.length === 0) return;
    const seconds = Math.ceil(checkoutConfig.paymentDueMs / 1_000) + LONGER_SECONDS;
    const { stockReserve: result } = await context.ask(stockReserve, { input: { orderId, lines, seconds } });
    if (result.held && result.backordered) await noteBackordered(orderId);
    if (result.held) return;
    const shortage = result.shortages[0];
    throw new Refusal(
      'INSUFFICIENT_STOCK',
      shortage && shortage.available > 0
        ? `Only ${shortage.available} of these are left. Lower the quantity and try again.`
        : 'One of these was just sold out. Take it from the cart and try again.',
      {
        path: ['input', 'cartId'],
        details: { variantId: shortage?.variantId ?? null, available: shortage?.available ?? 0 },
      },
    );
  },
  async undo({ context, orderId }) {
    await context.ask(stockRelease, { orderId });
  },
};

/** Shipping asks what has to wait only where the order says that something may; all others cost it nothing. */
const noteBackordered = database.statement(
  'orders.note-backordered',
  'UPDATE orders SET backordered = true WHERE id = $1 AND NOT backordered',
);
