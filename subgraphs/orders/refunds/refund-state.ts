import type { Context } from '#platform/graphql/context.ts';
import type { GiftCardLine } from '#subgraphs/payments/contracts/gift-cards.ts';

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
  /** Gift cards that go back with it; missing where there are none. */
  readonly giftCards?: readonly (GiftCardLine & { take: number })[];
  /** The payment that it goes back on; missing where that is left to payments. */
  readonly paymentId?: string;
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
