import { operation } from '#platform/graphql/operation.ts';
import { defineEvent } from '#platform/outbox/event.ts';

export interface PaymentResult {
  payment: { id: string; status: string } | null;
  /** Set while the shopper must still act, e.g. 3-D Secure. */
  nextAction: { type: string; url: string | null; clientSecret: string | null } | null;
  /** The provider's no, or the rules'. */
  refusal: { code: string; message: string } | null;
}

const RESULT = '{ payment { id status } nextAction { type url clientSecret } refusal { code message } }';

/** One authorization an order: a repetition answers with the present state, so it is also how the sweeper asks. */
export const paymentAuthorize = operation<
  { paymentAuthorize: PaymentResult },
  {
    input: {
      orderId: string;
      orderNumber: string;
      amount: string;
      currency: string;
      provider: string | null;
      token: string;
      email: string;
    };
  }
>('payments', `mutation($input: PaymentAuthorizeInput!) { paymentAuthorize(input: $input) ${RESULT} }`);

/** After the shopper has acted: asks the provider, changes nothing that is settled. */
export const paymentConfirm = operation<{ paymentConfirm: PaymentResult }, { orderId: string }>(
  'payments',
  `mutation($orderId: ID!) { paymentConfirm(orderId: $orderId) ${RESULT} }`,
);

/** The undo: voids or refunds whatever there is, also what the provider confirms later. */
export const paymentVoid = operation<{ paymentVoid: PaymentResult }, { orderId: string }>(
  'payments',
  `mutation($orderId: ID!) { paymentVoid(orderId: $orderId) ${RESULT} }`,
);

/** A payment of an order is captured; also told, without a payment, of an order that costs nothing. */
export const paymentCaptured = defineEvent<{
  orderId: string;
  paymentId: string;
  /** Decimals; the totals are over all payments of the order. */
  amount: string;
  currency: string;
  capturedTotal: string;
  refundedTotal: string;
}>('payments.payment-captured.v1');

/** For the page of the test provider's bank: the status afterwards, null when the link is not valid. */
export const testPaymentAnswer = operation<
  { testPaymentAnswer: string | null },
  { payment: string; secret: string; approved: boolean }
>(
  'payments',
  'mutation($payment: ID!, $secret: String!, $approved: Boolean!) { testPaymentAnswer(payment: $payment, secret: $secret, approved: $approved) }',
);
