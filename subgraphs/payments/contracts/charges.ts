import { operation } from '#platform/graphql/operation.ts';
import type { PaymentResult } from './payments.ts';

const RESULT = '{ payment { id status } nextAction { type url clientSecret } refusal { code message } }';

/**
 * A further payment of an order, for an edit that costs more: captured at once when authorized. Idempotent by charge: a
 * repetition answers with the present state, also after `paymentConfirm`, and needs no token.
 */
export const paymentCharge = operation<
  { paymentCharge: PaymentResult },
  {
    input: {
      orderId: string;
      orderNumber: string;
      chargeId: string;
      amount: string;
      currency: string;
      token: string;
      email: string;
      provider: string | null;
    };
  }
>('payments', `mutation($input: PaymentChargeInput!) { paymentCharge(input: $input) ${RESULT} }`);

/**
 * The undo of one charge: voids or refunds whatever there is of it, also what the provider confirms later; a charge
 * that was never made cannot be made any more. The order's other payments stay.
 */
export const paymentChargeVoid = operation<{ paymentChargeVoid: PaymentResult }, { orderId: string; chargeId: string }>(
  'payments',
  `mutation($orderId: ID!, $chargeId: ID!) { paymentChargeVoid(orderId: $orderId, chargeId: $chargeId) ${RESULT} }`,
);

export interface RefundResult {
  status: 'SUCCEEDED' | 'PENDING' | 'REFUSED';
  /** `nothing_captured`, `payment_unknown` or `amount_too_large`. */
  refusal: { code: string; message: string } | null;
  /** Decimals over all payments of the order; `refunded` includes what is pending. */
  captured: string;
  refunded: string;
  /** Of these totals, as in `payments.payment-refunded.v1`: what grew further is newer. */
  sequence: number;
}

/**
 * Gives money back, once a refund: on the payment that is named, else spread over the order's, gift cards first, then the
 * oldest.
 */
export const paymentRefund = operation<
  { paymentRefund: RefundResult },
  {
    input: {
      orderId: string;
      refundId: string;
      amount: string;
      currency: string;
      reason: string | null;
      paymentId?: string | null;
    };
  }
>(
  'payments',
  `mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { status refusal { code message } captured refunded sequence } }`,
);

/** What was taken and given back for an order, over all its payments; decimals. */
export interface PaymentTotals {
  orderId: string;
  authorized: string;
  captured: string;
  refunded: string;
  currency: string;
}

/** At most 200, in the order asked for; null where there is no payment. */
export const paymentTotals = operation<{ paymentTotals: (PaymentTotals | null)[] }, { orderIds: readonly string[] }>(
  'payments',
  'query($orderIds: [ID!]!) { paymentTotals(orderIds: $orderIds) { orderId authorized captured refunded currency } }',
);
