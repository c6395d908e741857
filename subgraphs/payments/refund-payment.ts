import { Arg, Directive, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { CurrencyCodeScalar, DecimalScalar } from '#platform/graphql/scalars.ts';
import { money, parseDecimal, toDecimal } from '#platform/money/money.ts';
import { crashPoint } from '#platform/saga/crash-point.config.ts';
import { log } from '#platform/telemetry/log.ts';
import type { RefundResult } from './contracts/charges.ts';
import { database } from './database.ts';
import { GIFT_CARD } from './gift-cards/gift-card-provider.ts';
import { bookSql, paidStatusSql } from './ledger.ts';
import { allPaymentsOf, type PaymentRecord } from './payment.records.ts';
import { PaymentRefusal } from './payment.type.ts';
import { totalsOf } from './payment-totals.ts';
import { askRefund, type RefundRecord } from './refund.records.ts';

@Directive('@inaccessible')
@InputType()
export class PaymentRefundInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => ID)
  refundId!: string;

  @Field(() => DecimalScalar)
  amount!: string;

  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Field(() => String, { nullable: true })
  reason?: string | null;

  @Field(() => ID, { nullable: true })
  paymentId?: string | null;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class PaymentRefundResult {
  @Field(() => String)
  status!: RefundResult['status'];

  @Field(() => PaymentRefusal, { nullable: true })
  refusal?: PaymentRefusal | null;

  @Field(() => DecimalScalar)
  captured!: string;

  @Field(() => DecimalScalar)
  refunded!: string;

  @Field(() => Int)
  sequence!: number;
}

@Resolver()
export class RefundPayment {
  @Internal()
  @Mutation(() => PaymentRefundResult)
  paymentRefund(@Arg('input', () => PaymentRefundInput) input: PaymentRefundInput): Promise<PaymentRefundResult> {
    return refundPayment(input);
  }
}

/**
 * Gives money back, once a refund id. It is noted before the provider is asked, within what was captured and is not on its
 * way back yet: so two at once never exceed that. Where the provider cannot be reached, the sweeper goes on.
 */
export async function refundPayment(input: PaymentRefundInput): Promise<PaymentRefundResult> {
  const { orderId, refundId, currency } = input;
  const amount = parseDecimal(input.amount, currency);
  if (!amount || amount.minor <= 0n)
    return answerOf(orderId, currency, 'REFUSED', {
      ...{ code: 'amount_invalid', message: `${input.amount} ${currency} cannot be refunded.` },
    });
  const paymentId = input.paymentId ?? null;
  const parts = await partsOf(orderId, refundId, amount.minor, currency, input.reason ?? null, paymentId);
  if (parts.length === 0) return answerOf(orderId, currency, 'REFUSED', await whyNot(orderId, currency, paymentId));
  crashPoint('payments.refund:noted');
  const payments = new Map((await allPaymentsOf(orderId)).map((record) => [record.id, record]));
  const asked = await Promise.all(parts.map((part) => ask(part, payments.get(part.payment_id))));
  const failed = asked.find(({ status }) => status === 'FAILED');
  if (failed && asked.every(({ status }) => status === 'FAILED'))
    return answerOf(orderId, currency, 'REFUSED', failed.refusal ?? REFUSED);
  return answerOf(orderId, currency, asked.every(({ status }) => status !== 'PENDING') ? 'SUCCEEDED' : 'PENDING', null);
}

const REFUSED = { code: 'refund_refused', message: 'The payment provider refused the refund.' };

/** The refund on each payment that it is spread over, gift cards first, then the oldest; none where it would be too much. */
async function partsOf(
  ...[orderId, refundId, ...asked]: [string, string, bigint, string, string | null, string | null]
) {
  const known = await byRefund(orderId, refundId);
  if (known.length > 0) return known;
  const noted = await note(orderId, refundId, ...asked).catch((reason: { code?: string }) => {
    if (reason.code === UNIQUE_VIOLATION) return [];
    throw reason;
  });
  // Who noted the same refund at this moment has taken what was left of the order, or its name.
  return noted.length > 0 ? noted : byRefund(orderId, refundId);
}

const UNIQUE_VIOLATION = '23505';

async function ask(part: RefundRecord, payment: PaymentRecord | undefined): Promise<RefundRecord> {
  if (part.status !== 'PENDING' || !payment?.provider_ref) return part;
  try {
    return await askRefund(part, { provider: payment.provider, ref: payment.provider_ref });
  } catch (reason) {
    log.warn({ err: reason, refund: part.id }, 'A refund is noted and its answer unknown; the sweeper goes on with it');
    return part;
  }
}

async function whyNot(
  orderId: string,
  currency: string,
  paymentId: string | null,
): Promise<{ code: string; message: string }> {
  const named = paymentId && (await allPaymentsOf(orderId)).find(({ id }) => id === paymentId);
  if (paymentId && !named) return { code: 'payment_unknown', message: 'The order has no such payment.' };
  if (named && named.captured > 0n) {
    const left = toDecimal(money(named.captured - named.refunded, named.currency));
    return { code: 'amount_too_large', message: `No more than ${left} ${named.currency} can go back on this payment.` };
  }
  const totals = await totalsOf(orderId);
  if (!totals || totals.captured === 0n)
    return { code: 'nothing_captured', message: 'Nothing of this order was paid yet, so nothing can go back.' };
  const left = toDecimal(money(totals.captured - totals.refunded, totals.currency));
  return {
    code: 'amount_too_large',
    message: `No more than ${left} ${totals.currency} can go back${currency === totals.currency ? '' : `, and not in ${currency}`}.`,
  };
}

async function answerOf(
  orderId: string,
  currency: string,
  status: RefundResult['status'],
  refusal: RefundResult['refusal'],
): Promise<PaymentRefundResult> {
  const totals = (await totalsOf(orderId)) ?? { captured: 0n, refunded: 0n, sequence: 0n, currency };
  const shown = (minor: bigint) => toDecimal(money(minor, totals.currency));
  const { captured, refunded, sequence } = totals;
  return { status, refusal, captured: shown(captured), refunded: shown(refunded), sequence: Number(sequence) };
}

const byRefund = database.statement<RefundRecord>(
  'payments.refund-parts',
  'SELECT * FROM refund WHERE order_id = $1 AND refund_id = $2 ORDER BY id',
);

// The parts' ids follow from the refund's: noting it twice breaks on the first, and then changes nothing. All payments are
// locked in one order, whichever it goes back on.
const note = database.statement<RefundRecord>(
  'payments.note-refund',
  `WITH o AS MATERIALIZED (
     SELECT * FROM payment WHERE order_id = $1 AND currency = $4 ORDER BY created_at, id FOR UPDATE),
   s AS (
     SELECT *, captured - refunded AS unspent, sum(captured - refunded) OVER w AS upto, row_number() OVER w AS place
     FROM o WHERE captured > refunded AND ($6::text IS NULL OR id = $6)
     WINDOW w AS (ORDER BY provider <> '${GIFT_CARD}', created_at, id)),
   part AS MATERIALIZED (
     SELECT id, captured, refunded, movements, least(unspent, $3::bigint - (upto - unspent))::bigint AS amount, place
     FROM s WHERE upto - unspent < $3::bigint AND (SELECT max(upto) FROM s) >= $3::bigint),
   r AS (
     INSERT INTO refund (id, refund_id, order_id, payment_id, amount, currency, reason, look_at)
     SELECT CASE place WHEN 1 THEN $2 ELSE $2 || '-' || place END, $2, $1, id, amount, $4, $5, now() + interval '10 seconds' FROM part
     RETURNING *),
   p AS (
     UPDATE payment SET refunded = part.refunded + part.amount, movements = part.movements + 1, updated_at = now(),
       status = ${paidStatusSql('part.captured', '(part.refunded + part.amount)')}
     FROM part WHERE payment.id = part.id RETURNING payment.id, payment.movements, part.amount AS part),
   l AS (${bookSql({ rows: 'p', kind: 'refund', number: 'movements', amount: 'part' })})
   SELECT * FROM r ORDER BY id`,
);
