import { live } from '#platform/live/live.ts';
import type { Step } from '#platform/saga/saga.ts';
import { LeaseLost } from '#platform/saga/saga-store.ts';
import { editProgress } from './edit.records.ts';
import { type EditState, tooLateToEdit } from './edit-state.ts';
import { applied } from './write-edit.step.ts';

/** The edit took effect; nothing after this may undo it. */
export const applyEdit: Step<EditState> = {
  name: 'apply',
  joins: true,
  recordsNext: true,
  pivot: true,
  async do({ edit }, lease) {
    const rows = await applied(lease.id, lease.fence);
    if (rows.length === 0) {
      const [saga] = await editProgress(edit.id);
      if (saga?.state === 'RUNNING' && saga.fence === lease.fence && saga.step === 'pay') throw tooLateToEdit();
      throw new LeaseLost(`The lease on the edit ${edit.id} is lost.`);
    }
    live.publish(`order:${edit.order_id}`);
  },
};
