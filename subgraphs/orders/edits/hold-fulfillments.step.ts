import { live } from '#platform/live/live.ts';
import type { Step } from '#platform/saga/saga.ts';
import { fulfillmentsHold, fulfillmentsResume } from '#subgraphs/shipping/contracts/fulfillments-hold.ts';
import { writeStep } from './edit.records.ts';
import { type EditState, tooLateToEdit } from './edit-state.ts';

/** First of all: what has left cannot be edited, and nothing may leave while it is. Undone last: then the order is free. */
export const holdFulfillments: Step<EditState> = {
  name: 'hold',
  async do({ context, edit }) {
    const { fulfillmentsHold: hold } = await context.ask(fulfillmentsHold, {
      input: { orderId: edit.order_id, editId: edit.id },
    });
    if (!hold.held) throw tooLateToEdit();
  },
  async undo({ context, edit }, lease) {
    await context.ask(fulfillmentsResume, { input: { orderId: edit.order_id, editId: edit.id, lines: null } });
    await writeStep(lease, null, null, async (client) => {
      await client.query(
        `UPDATE order_edit SET state = 'WITHDRAWN', ended_at = now(), payment = payment - 'token' WHERE id = $1`,
        [edit.id],
      );
      await client.query('UPDATE orders SET edit_id = NULL, updated_at = now() WHERE id = $1 AND edit_id = $2', [
        edit.order_id,
        edit.id,
      ]);
    });
    live.publish(`order:${edit.order_id}`);
  },
};
