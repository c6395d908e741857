import { Arg, Directive, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Internal } from '#platform/graphql/access.ts';
import { CurrencyCodeScalar, DecimalScalar } from '#platform/graphql/scalars.ts';
import { money, parseDecimal, toDecimal } from '#platform/money/money.ts';
import { askProvider, isAsked } from '../authorize-payment.ts';
import { voidCharge } from '../charge-payment.ts';
import { database } from '../database.ts';
import { type PaymentRecord, paymentOf } from '../payment.records.ts';
import { PaymentRefusal } from '../payment.type.ts';
import { GIFT_CARD } from './gift-card-provider.ts';
import { giftCodeHash, normalGiftCode } from './gift-code.ts';

@Directive('@inaccessible')
@InputType()
export class GiftCardsSpendInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => DecimalScalar)
  amount!: string;

  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Field(() => [String])
  codes!: string[];
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class GiftCardsSpendPayload {
  @Field(() => DecimalScalar)
  covered!: string;

  @Field(() => PaymentRefusal, { nullable: true })
  refusal?: PaymentRefusal | null;
}

@Resolver()
export class SpendGiftCards {
  @Internal()
  @Mutation(() => GiftCardsSpendPayload, {
    description:
      'Holds what the cards can pay of an order, one after another. Idempotent by order id; paymentVoid is the undo.',
  })
  giftCardsSpend(@Arg('input', () => GiftCardsSpendInput) input: GiftCardsSpendInput): Promise<GiftCardsSpendPayload> {
    return spendGiftCards(input);
  }
}

export async function spendGiftCards({ orderId, amount, currency, codes }: GiftCardsSpendInput) {
  let due = parseDecimal(amount, currency)?.minor;
  if (due === undefined) throw new Error(`${amount} ${currency} is no amount.`);
  const total = due;
  const answer = (refusal: PaymentRefusal | null = null) => ({
    covered: toDecimal(money(total - due!, currency)),
    refusal,
  });
  for (const [i, code] of [...new Set(codes.map(normalGiftCode))].entries()) {
    if (due === 0n) break;
    const charge = `gift-${i + 1}`;
    const [card] = await cardOf(giftCodeHash(code), orderId, charge);
    const refusal = refusalOf(card, currency);
    if (refusal) return answer(refusal);
    const part = card!.noted ?? least(card!.balance, due);
    const [noted] = await note(newId('pay'), orderId, charge, GIFT_CARD, part, currency);
    if (!noted) return answer({ code: 'order_given_up', message: 'The order was given up before it was paid.' });
    const paid = isAsked(noted) ? noted : await askProvider(noted, { ...ASKED, orderId, currency, token: code });
    if (paid.voided || paid.status === 'FAILED') return answer(paid.refusal ?? GIVEN_UP);
    // Who gave the order up at this moment may not have seen the charge yet.
    if ((await paymentOf(orderId))?.voided) {
      await voidCharge(orderId, charge);
      return answer(GIVEN_UP);
    }
    due -= paid.amount;
  }
  return answer();
}

const ASKED = { orderNumber: '', amount: '', provider: null, email: '' };
const GIVEN_UP = { code: 'order_given_up', message: 'The order was given up before it was paid.' };

interface Card {
  balance: bigint;
  currency: string;
  /** What this order has noted of it before. */
  noted: bigint | null;
}

function refusalOf(card: Card | undefined, currency: string): PaymentRefusal | null {
  if (!card)
    return { code: 'gift_card_unknown', message: 'We do not know this gift card. Check how its code is written.' };
  if (card.currency !== currency)
    return {
      code: 'gift_card_currency',
      message: `This gift card pays in ${card.currency}. Choose that currency for the cart.`,
    };
  if (card.balance === 0n && card.noted === null)
    return { code: 'gift_card_empty', message: 'Nothing is left on this gift card. Take it off to go on.' };
  return null;
}

const cardOf = database.statement<Card>(
  'payments.gift-card-of-code',
  `SELECT balance, currency, (SELECT amount FROM payment WHERE order_id = $2 AND charge = $3) AS noted FROM gift_card WHERE code_hash = $1`,
);

// The lock on the checkout's payment is what giving the order up takes first.
const note = database.statement<PaymentRecord>(
  'payments.note-gift',
  `WITH o AS MATERIALIZED (SELECT voided FROM payment WHERE order_id = $2 AND charge = '' FOR UPDATE)
   INSERT INTO payment (id, order_id, charge, provider, status, amount, currency)
   SELECT $1, $2, $3, $4, 'PENDING', $5, $6 WHERE NOT EXISTS (SELECT FROM o WHERE voided)
   ON CONFLICT (order_id, charge) DO UPDATE SET order_id = excluded.order_id RETURNING *`,
);

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
