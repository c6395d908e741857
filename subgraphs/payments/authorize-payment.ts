import { Arg, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Internal } from '#platform/graphql/access.ts';
import { money, parseDecimal } from '#platform/money/money.ts';
import { crashPoint } from '#platform/saga/crash-point.config.ts';
import { database } from './database.ts';
import { type PaymentRecord, providerKey } from './payment.records.ts';
import { PaymentAuthorizeInput, PaymentResult, refused, toResult } from './payment.type.ts';
import { providerOf, shopProvider } from './provider/choose-provider.ts';
import { withinDeadline } from './provider/within-deadline.ts';
import { settlePayment } from './settle-payment.ts';

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
  const amount = payable(input);
  if (!('minor' in amount)) return amount;
  const [noted] = await note(newId('pay'), input.orderId, shopProvider.name, amount.minor, amount.currency);
  if (!noted) throw new Error('A payment was neither noted nor found.');
  return toResult(isAsked(noted) ? await presentState(noted) : await askProvider(noted, input));
}

/** The amount of a payment that may be asked for, or why it may not. */
export function payable({ provider, amount: asked, currency }: PaymentAuthorizeInput) {
  const amount = parseDecimal(asked, currency);
  // Only the shop's own: what a shopper names must never be another that is still open, such as a test provider.
  if (provider && provider !== shopProvider.name)
    return refused(
      ...(['unknown_provider', `There is no payment provider ${provider}; leave it out for the shop's own.`] as const),
    );
  if (!amount || amount.minor <= 0n) return refused('amount_invalid', `${asked} ${currency} cannot be paid.`);
  return amount;
}

export const isAsked = ({ voided, status }: PaymentRecord): boolean => voided || status !== 'PENDING';

/** Asks the provider for a payment that is noted, under its key. */
export async function askProvider(record: PaymentRecord, input: PaymentAuthorizeInput): Promise<PaymentRecord> {
  const { orderId, orderNumber, token, email } = input;
  const answer = await withinDeadline(
    providerOf(record.provider).authorize({
      ...{ key: providerKey(record), orderId, orderNumber, token, email },
      amount: money(record.amount, record.currency),
    }),
  );
  crashPoint('payments.authorize:answered');
  return settlePayment(record, answer, false);
}

/** How a payment stands: the provider is asked while it waits for the shopper, what is settled stays as it is. */
export async function presentState(record: PaymentRecord): Promise<PaymentRecord> {
  if (record.status !== 'REQUIRES_ACTION' || record.voided || !record.provider_ref) return record;
  const answer = await withinDeadline(providerOf(record.provider).retrieve(record.provider_ref));
  return answer.status === 'PENDING' ? record : settlePayment(record, answer, false);
}

const note = database.groupedStatement<PaymentRecord>(
  'payments.note',
  `INSERT INTO payment (id, order_id, provider, status, amount, currency) VALUES ($1, $2, $3, 'PENDING', $4, $5)
   ON CONFLICT (order_id, charge) DO UPDATE SET order_id = excluded.order_id RETURNING *`,
);
