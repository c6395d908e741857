import { Arg, ID, Mutation, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { presentState } from './authorize-payment.ts';
import { captureCharge } from './capture-charge.ts';
import { allPaymentsOf, type PaymentRecord } from './payment.records.ts';
import { PaymentResult, refused, toResult } from './payment.type.ts';
import { answerChallenge } from './provider/test/test-provider.ts';

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

/** After the shopper has acted: asks the provider, also for a charge; changes nothing that is settled. Tells of the newest. */
export async function confirmPayment(orderId: string): Promise<PaymentResult> {
  let last: PaymentRecord | null = null;
  for (const record of await allPaymentsOf(orderId)) last = await captureCharge(await presentState(record));
  return last ? toResult(last) : refused('no_payment', 'This order has no payment.');
}
