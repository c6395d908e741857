import { crashPoints as ofSagas } from '#subgraphs/orders/sagas.ts';

/** Where a process can be told to kill itself, and the subgraph in whose process that is. */
export interface CrashPoint {
  readonly point: string;
  readonly part: string;
}

export const crashPoints: readonly CrashPoint[] = [
  ...ofSagas().map((point) => ({ point, part: 'orders' })),
  // Between the provider's answer and our commit.
  ...['authorize', 'capture', 'refund'].map((deed) => ({ point: `payments.${deed}:answered`, part: 'payments' })),
  { point: 'payments.refund:noted', part: 'payments' },
  // Events taken from the outbox and not yet in a queue; handled and not yet reported.
  ...['orders', 'payments', 'shipping'].map((part) => ({ point: 'outbox.relay:taken', part })),
  ...['orders', 'payments', 'shipping', 'inventory', 'notifications'].map((part) => ({
    point: 'outbox.listener:handled',
    part,
  })),
];
