import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';

/** What was asked for; kept in the saga's row, so that any process can go on. */
export interface CancelInput {
  /** What the history says. */
  readonly message: string;
  readonly reason: string | null;
  /** Who of staff did it. */
  readonly actor: string | null;
}

/** What the steps of a cancellation know. */
export interface CancelState extends CancelInput {
  readonly orderId: string;
  readonly context: Context;
}

export const tooLate = () =>
  new Refusal('INVALID_TRANSITION', 'This order is on its way already and can no longer be cancelled.', {
    path: ['input', 'orderId'],
  });
