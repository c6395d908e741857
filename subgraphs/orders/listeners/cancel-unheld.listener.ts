import { defineListener } from '#platform/outbox/listener.ts';
import { reservationLost } from '#subgraphs/inventory/contracts/inventory.events.ts';
import { beginCancelling } from '../cancel-order.ts';
import { withdraw } from '../edits/withdraw-edit.ts';
import { loadOrders } from '../order.records.ts';
import { STATUS_MESSAGES } from '../rules/order-lifecycle.ts';

const REASON = 'sold out by the time that it was paid';

/** Paid so late that its goods were sold to others: the order is cancelled like any other, and its money goes back once. */
export const cancelUnheld = defineListener(
  reservationLost,
  'orders-cancel-unheld',
  async ({ payload: { orderId } }, context) => {
    const [record] = await loadOrders([orderId]);
    if (record?.edit_id) await withdraw(context, record.edit_id);
    const message = `${STATUS_MESSAGES.CANCELLED}: ${REASON}`;
    await beginCancelling(context, orderId, { message, reason: REASON, actor: null });
  },
);
