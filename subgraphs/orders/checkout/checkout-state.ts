import type { Viewer } from '#platform/auth/viewer.ts';
import type { Context } from '#platform/graphql/context.ts';
import type { SagaRow } from '#platform/saga/saga-store.ts';
import type { CartSnapshot } from '#subgraphs/carts/contracts/checkout.ts';
import { giftCardsWorth, loadOrders, type OrderRecord } from '../order.records.ts';

/** What was asked for; kept in the saga's row, so that any process can go on. */
export interface CheckoutInput {
  cartId: string;
  key: string;
  viewer: Viewer | null;
  expectedVersion: number | null;
  expectedTotal: string | null;
  payment: { provider: string | null; token: string } | null;
  /** Codes of gift cards; missing where there are none. */
  giftCards?: readonly string[];
  /** What is to be paid beside them, as a decimal. */
  expectedPayment?: string | null;
}

/** What the steps of a checkout know and find out. */
export interface CheckoutState {
  readonly orderId: string;
  readonly input: CheckoutInput;
  readonly context: Context;
  /** Known between freezing the cart and creating the order. */
  snapshot: CartSnapshot | null;
  /** Null until created. */
  order: Pick<OrderRecord, 'number' | 'total' | 'currency' | 'email' | 'customer_id'> | null;
  /** What must be held in stock: all but gift cards. */
  lines: { variantId: string; quantity: number }[];
  /** What its gift cards cost, in minor units. */
  giftCardsWorth: bigint;
  /** Discount codes; empty until created. */
  codes: readonly string[];
}

export async function loadCheckout(
  row: SagaRow,
  contextFor: (viewer: Viewer | null) => Context,
): Promise<CheckoutState> {
  const input = row.input as CheckoutInput;
  const [order] = await loadOrders([row.id]);
  return {
    orderId: row.id,
    input,
    context: contextFor(input.viewer),
    snapshot: null,
    order: order ?? null,
    lines:
      order?.lines
        .filter((line) => !line.gift_card)
        .map((line) => ({ variantId: line.variant_id, quantity: line.quantity })) ?? [],
    giftCardsWorth: giftCardsWorth(order?.lines ?? []),
    codes: order?.discount_codes ?? [],
  };
}
