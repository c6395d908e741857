import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import type { SagaRow } from '#platform/saga/saga-store.ts';
import { loadOrders, type OrderRecord } from '../order.records.ts';
import { type EditInput, type EditRecord, editById } from './edit.records.ts';

/** What the steps of an edit know and find out. */
export interface EditState {
  readonly context: Context;
  readonly input: EditInput;
  readonly order: OrderRecord;
  /** As it is in the database; steps read it anew after they wrote it. */
  edit: EditRecord;
}

export async function loadEdit({ id, input }: SagaRow, contextFor: () => Context): Promise<EditState> {
  const edit = await editById(id);
  const [order] = edit ? await loadOrders([edit.order_id]) : [];
  if (!edit || !order) throw new Error(`The edit ${id} is gone.`);
  return { context: contextFor(), input: input as EditInput, order, edit };
}

export const tooLateToEdit = () =>
  new Refusal(
    'INVALID_TRANSITION',
    'Something of this order has left, or it was cancelled: it can no longer be edited.',
    {
      path: ['input', 'orderId'],
    },
  );
