import { Arg, ID, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Internal } from '#platform/graphql/access.ts';
import { database } from './database.ts';
import { type PaymentRecord, STATUS_OF } from './payment.records.ts';
import { PaymentResult, toPayment } from './payment.type.ts';
import { chooseProvider } from './provider/choose-provider.ts';
import { withinDeadline } from './provider/within-deadline.ts';

@Resolver()
export class VoidPayment {
  @Internal()
  @Mutation(() => PaymentResult)
  paymentVoid(@Arg('orderId', () => ID) orderId: string): Promise<PaymentResult> {
    return voidPayment(orderId);
  }
}

/**
 * Gives back whatever there is, now and later: first it is written that the order was given up, so that an answer of
 * the provider still on its way meets that; then what the provider has is released or refunded. May come first.
 */
export async function voidPayment(orderId: string): Promise<PaymentResult> {
  const [record] = await giveUp(newId('pay'), orderId);
  if (!record) throw new Error('A payment was neither given up nor found.');
  const provider = chooseProvider(record.provider);
  if (!provider || record.status === 'FAILED') return { payment: toPayment(record), nextAction: null, refusal: null };
  const ref = record.provider_ref ?? (await withinDeadline(provider.find(orderId)))?.ref ?? null;
  const answer = ref ? await withinDeadline(provider.giveBack(ref)) : null;
  const status = answer ? STATUS_OF[answer.status] : 'VOIDED';
  const [after] = await givenBack(orderId, status, ref);
  return { payment: toPayment(after ?? record), nextAction: null, refusal: null };
}

const giveUp = database.statement<PaymentRecord>(
  'payments.give-up',
  `INSERT INTO payment (id, order_id, provider, status, amount, currency, voided) VALUES ($1, $2, 'test', 'VOIDED', 0, 'EUR', true)
   ON CONFLICT (order_id) DO UPDATE SET voided = true, updated_at = now() RETURNING *`,
);

const givenBack = database.statement<PaymentRecord>(
  'payments.given-back',
  `UPDATE payment SET status = $2, provider_ref = $3, next_action = NULL, updated_at = now(),
     captured = CASE $2 WHEN 'REFUNDED' THEN amount ELSE captured END, refunded = CASE $2 WHEN 'REFUNDED' THEN amount ELSE refunded END
   WHERE order_id = $1 AND voided RETURNING *`,
);
