import { Arg, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Internal } from '#platform/graphql/access.ts';
import { parseDecimal } from '#platform/money/money.ts';
import { crashPoint } from '#platform/saga/crash-point.config.ts';
import { database } from './database.ts';
import { type PaymentRecord, paymentOf, STATUS_OF } from './payment.records.ts';
import { PaymentAuthorizeInput, PaymentResult, toResult } from './payment.type.ts';
import { chooseProvider } from './provider/choose-provider.ts';
import type { PaymentProvider, ProviderPayment } from './provider/payment-provider.ts';
import { withinDeadline } from './provider/within-deadline.ts';

@Resolver()
export class AuthorizePayment {
  @Internal()
  @Mutation(() => PaymentResult)
  paymentAuthorize(@Arg('input', () => PaymentAuthorizeInput) input: PaymentAuthorizeInput): Promise<PaymentResult> {
    return authorizePayment(input);
  }
}

/**
 * One authorization an order. The payment is noted before the provider is asked, and asked under the order's id, so
 * that a repetition, also in another process, leads to the same payment and answers with its present state.
 */
export async function authorizePayment(input: PaymentAuthorizeInput): Promise<PaymentResult> {
  const amount = parseDecimal(input.amount, input.currency);
  const provider = chooseProvider(input.provider);
  if (!provider)
    return refused(
      'unknown_provider',
      `There is no payment provider ${input.provider}; leave it out for the shop's own.`,
    );
  if (!amount || amount.minor <= 0n)
    return refused('amount_invalid', `${input.amount} ${input.currency} cannot be paid.`);
  const [noted] = await note(newId('pay'), input.orderId, provider.name, amount.minor, amount.currency);
  if (!noted) throw new Error('A payment was neither noted nor found.');
  if (noted.voided || noted.status !== 'PENDING') return presentState(noted);
  const answer = await withinDeadline(provider.authorize({ key: input.orderId, ...input, amount }));
  crashPoint('payments.authorize:answered');
  return toResult(await settle(input.orderId, provider, answer));
}

/** How a payment stands: the provider is asked while it waits for the shopper, what is settled stays as it is. */
export async function presentState(record: PaymentRecord): Promise<PaymentResult> {
  const provider = chooseProvider(record.provider);
  if (record.status !== 'REQUIRES_ACTION' || record.voided || !record.provider_ref || !provider)
    return toResult(record);
  return toResult(
    await settle(record.order_id, provider, await withinDeadline(provider.retrieve(record.provider_ref))),
  );
}

/** Writes what the provider said; what comes too late, because the order was given up meanwhile, goes back at once. */
export async function settle(
  orderId: string,
  provider: PaymentProvider,
  answer: ProviderPayment,
): Promise<PaymentRecord> {
  const [settled] = await write(
    orderId,
    STATUS_OF[answer.status],
    answer.ref,
    json(answer.nextAction),
    json(answer.refusal),
  );
  if (settled) return settled;
  const present = await paymentOf(orderId);
  if (!present) throw new Error('A payment that was noted is gone.');
  if (present.voided && answer.status !== 'DECLINED') await withinDeadline(provider.giveBack(answer.ref));
  return present;
}

const json = (value: object | null): string | null => (value ? JSON.stringify(value) : null);

const refused = (code: string, message: string): PaymentResult => ({
  payment: null,
  nextAction: null,
  refusal: { code, message },
});

const note = database.statement<PaymentRecord>(
  'payments.note',
  `INSERT INTO payment (id, order_id, provider, status, amount, currency) VALUES ($1, $2, $3, 'PENDING', $4, $5)
   ON CONFLICT (order_id) DO UPDATE SET order_id = excluded.order_id RETURNING *`,
);

const write = database.statement<PaymentRecord>(
  'payments.settle',
  `UPDATE payment SET status = $2, provider_ref = $3, next_action = $4, refusal = $5, updated_at = now()
   WHERE order_id = $1 AND status IN ('PENDING', 'REQUIRES_ACTION') AND NOT voided RETURNING *`,
);
