import { Arg, Directive, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Internal } from '#platform/graphql/access.ts';
import { askProvider, isAsked, payable, presentState } from './authorize-payment.ts';
import { captureCharge } from './capture-charge.ts';
import { database } from './database.ts';
import { giveBack } from './give-back.ts';
import type { PaymentRecord } from './payment.records.ts';
import { PaymentAuthorizeInput, PaymentResult, refused, toPayment, toResult } from './payment.type.ts';
import { shopProvider } from './provider/choose-provider.ts';

@Directive('@inaccessible')
@InputType()
export class PaymentChargeInput extends PaymentAuthorizeInput {
  @Field(() => ID)
  chargeId!: string;
}

@Resolver()
export class ChargePayment {
  @Internal()
  @Mutation(() => PaymentResult)
  paymentCharge(@Arg('input', () => PaymentChargeInput) input: PaymentChargeInput): Promise<PaymentResult> {
    return chargePayment(input);
  }

  @Internal()
  @Mutation(() => PaymentResult)
  paymentChargeVoid(
    @Arg('orderId', () => ID) orderId: string,
    @Arg('chargeId', () => ID) chargeId: string,
  ): Promise<PaymentResult> {
    return voidCharge(orderId, chargeId);
  }
}

/** A further payment of an order, captured as soon as it is authorized; once a charge. None for an order that was given up. */
export async function chargePayment(input: PaymentChargeInput): Promise<PaymentResult> {
  const amount = payable(input);
  if (!('minor' in amount)) return amount;
  const [noted] = await note(
    ...[newId('pay'), input.orderId, input.chargeId, shopProvider.name, amount.minor, amount.currency],
  );
  if (!noted) return refused('order_given_up', 'The order was given up before it was paid.');
  const settled = isAsked(noted) ? await presentState(noted) : await askProvider(noted, input);
  return toResult(await captureCharge(settled));
}

/** Gives back what there is of one charge, now and later, like `paymentVoid` of all; a charge never made cannot be any more. */
export async function voidCharge(orderId: string, chargeId: string): Promise<PaymentResult> {
  const [record] = await giveUp(newId('pay'), orderId, chargeId, shopProvider.name);
  if (!record) throw new Error('A charge was neither given up nor found.');
  return { payment: toPayment(await giveBack(record)), nextAction: null, refusal: null };
}

// The lock on the checkout's payment is what giving the order up takes first.
const note = database.statement<PaymentRecord>(
  'payments.note-charge',
  `WITH o AS MATERIALIZED (SELECT voided FROM payment WHERE order_id = $2 AND charge = '' FOR UPDATE)
   INSERT INTO payment (id, order_id, charge, provider, status, amount, currency, look_at)
   SELECT $1, $2, $3, $4, 'PENDING', $5, $6, now() + interval '10 seconds' WHERE NOT EXISTS (SELECT FROM o WHERE voided)
   ON CONFLICT (order_id, charge) DO UPDATE SET order_id = excluded.order_id RETURNING *`,
);

const giveUp = database.statement<PaymentRecord>(
  'payments.give-up-charge',
  `INSERT INTO payment (id, order_id, charge, provider, status, amount, currency, voided)
   VALUES ($1, $2, $3, $4, 'VOIDED', 0, 'XXX', true)
   ON CONFLICT (order_id, charge) DO UPDATE SET voided = true,
     look_at = CASE WHEN payment.voided THEN payment.look_at WHEN payment.status NOT IN ('FAILED', 'VOIDED', 'REFUNDED') THEN now() + interval '5 seconds' END,
     updated_at = CASE WHEN payment.voided THEN payment.updated_at ELSE now() END
   RETURNING *`,
);
