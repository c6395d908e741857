import { Arg, ID, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Internal } from '#platform/graphql/access.ts';
import { database } from './database.ts';
import { giveBack } from './give-back.ts';
import type { PaymentRecord } from './payment.records.ts';
import { PaymentResult, toPayment } from './payment.type.ts';
import { shopProvider } from './provider/choose-provider.ts';

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
  const [first] = await giveUp(newId('pay'), orderId, shopProvider.name);
  if (!first) throw new Error('A payment was neither given up nor found.');
  const charges = await giveUpCharges(orderId);
  const [checkout, ...others] = await Promise.all([first, ...charges].map((record) => giveBack(record)));
  // An order that gift cards paid alone has no payment of its checkout.
  const shown = checkout?.amount === 0n ? others.find(({ status }) => status === 'REFUNDED') : null;
  return { payment: toPayment(shown ?? checkout ?? first), nextAction: null, refusal: null };
}

// The sweeper does what this process may not come to, and looks for what the provider confirms later.
const giveUp = database.statement<PaymentRecord>(
  'payments.give-up',
  `INSERT INTO payment (id, order_id, provider, status, amount, currency, voided) VALUES ($1, $2, $3, 'VOIDED', 0, 'XXX', true)
   ON CONFLICT (order_id, charge) DO UPDATE SET voided = true,
     look_at = CASE WHEN payment.voided THEN payment.look_at WHEN payment.status NOT IN ('FAILED', 'VOIDED', 'REFUNDED') THEN now() + interval '5 seconds' END,
     updated_at = CASE WHEN payment.voided THEN payment.updated_at ELSE now() END
   RETURNING *`,
);

// A statement of its own: it must see what was charged before the lock of the first was free.
const giveUpCharges = database.statement<PaymentRecord>(
  'payments.give-up-charges',
  `UPDATE payment SET voided = true, look_at = CASE WHEN voided THEN look_at WHEN status NOT IN ('FAILED', 'VOIDED', 'REFUNDED') THEN now() + interval '5 seconds' END,
     updated_at = CASE WHEN voided THEN updated_at ELSE now() END
   WHERE order_id = $1 AND charge <> '' RETURNING *`,
);
