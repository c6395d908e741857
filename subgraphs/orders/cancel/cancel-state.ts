import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';

/** What the steps of a cancellation know. */
export interface CancelState {
  readonly orderId: string;
  readonly context: Context;
  /** What the history says. */
  readonly message: string;
}

export const tooLate = () =>
  new Refusal('INVALID_TRANSITION', 'This order is on its way already and can no longer be cancelled.', {
    path: ['input', 'orderId'],
  });
