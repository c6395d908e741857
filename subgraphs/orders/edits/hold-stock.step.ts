import { Refusal } from '#platform/errors/refusal.ts';
import type { Step } from '#platform/saga/saga.ts';
import { stockAdjust } from '#subgraphs/inventory/contracts/stock.ts';
import { mostOf, unitsOf } from '../rules/edited-lines.ts';
import { type EditState, tooLateToEdit } from './edit-state.ts';

/**
 * Holds what the order had and what it will have, so that neither has to be found again: the undo only lets go, and so
 * does the last step.
 */
export const holdStock: Step<EditState> = {
  name: 'stock',
  async do({ context, edit, input }) {
    const lines = mostOf(edit.before.lines, edit.after!.lines);
    const { stockAdjust: result } = await context.ask(stockAdjust, {
      input: { orderId: edit.order_id, adjustId: edit.id, lines },
    });
    if (result.held) return;
    const [shortage] = result.shortages;
    if (!shortage) throw tooLateToEdit();
    const at = input.add.findIndex(({ variantId }) => variantId === shortage.variantId);
    throw new Refusal('INSUFFICIENT_STOCK', `Only ${shortage.available} more of these can be had.`, {
      path: at < 0 ? ['input', 'lines'] : ['input', 'add', `${at}`, 'quantity'],
      details: { variantId: shortage.variantId, available: shortage.available },
    });
  },
  async undo({ context, edit }) {
    const lines = unitsOf(edit.before.lines);
    // First under the deed's own id: one that is still under way then finds itself done, and changes nothing after us.
    for (const adjustId of [edit.id, `${edit.id}-undo`]) {
      await context.ask(stockAdjust, { input: { orderId: edit.order_id, adjustId, lines } });
    }
  },
};
