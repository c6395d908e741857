import { Arg, ID, Mutation, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { presentState } from './authorize-payment.ts';
import { paymentOf } from './payment.records.ts';
import { PaymentResult } from './payment.type.ts';
import { answerChallenge } from './provider/test-provider.ts';

@Resolver()
export class ConfirmPayment {
  @Internal()
  @Mutation(() => PaymentResult)
  paymentConfirm(@Arg('orderId', () => ID) orderId: string): Promise<PaymentResult> {
    return confirmPayment(orderId);
  }

  /** The shopper's answer on the page of the test provider's bank; null when the link is not valid. */
  @Internal()
  @Mutation(() => String, { nullable: true })
  async testPaymentAnswer(
    @Arg('payment', () => ID) payment: string,
    @Arg('secret', () => String) secret: string,
    @Arg('approved', () => Boolean) approved: boolean,
  ): Promise<string | null> {
    return (await answerChallenge(payment, secret, approved))?.status ?? null;
  }
}

/** After the shopper has acted: asks the provider, changes nothing that is settled. */
export async function confirmPayment(orderId: string): Promise<PaymentResult> {
  const record = await paymentOf(orderId);
  if (record) return presentState(record);
  return { payment: null, nextAction: null, refusal: { code: 'no_payment', message: 'This order has no payment.' } };
}
