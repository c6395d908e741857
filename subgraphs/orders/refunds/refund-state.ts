import type { Context } from '#platform/graphql/context.ts';

/** A line of a refund as it is kept: `priced` units of it are paid back, `restocked` ones go on hand again. */
export interface RefundLine {
  lineId: string;
  variantId: string;
  priced: number;
  restocked: number;
}

/** What a refund's saga knows from its row. */
export interface RefundInput {
  readonly orderId: string;
  readonly number: string;
  readonly customerId: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly reason: string | null;
  readonly lines: readonly RefundLine[];
  readonly returnId: string | null;
  readonly actor: string;
}

/** What the steps of a refund know and find out. */
export interface RefundState extends RefundInput {
  readonly refundId: string;
  readonly context: Context;
  /** What payments answered; null until it was asked. */
  paid: { status: 'SUCCEEDED' | 'PENDING'; captured: string; refunded: string; sequence: number } | null;
}
