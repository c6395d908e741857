import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { MoneyType, shown } from '#platform/graphql/money.type.ts';
import { CurrencyCodeScalar, DateTimeScalar, DecimalScalar, UrlScalar } from '#platform/graphql/scalars.ts';
import { money } from '#platform/money/money.ts';
import type { PaymentRecord, PaymentStatus } from './payment.records.ts';

const STATUSES = [
  'PENDING',
  'REQUIRES_ACTION',
  'AUTHORIZED',
  'PARTIALLY_PAID',
  'PAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'VOIDED',
  'FAILED',
];
const PaymentStatusEnum = Object.fromEntries(STATUSES.map((status) => [status, status]));
registerEnumType(PaymentStatusEnum, { name: 'PaymentStatus' });

@ObjectType({ simpleResolvers: true })
export class Payment {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  provider!: string;

  @Field(() => PaymentStatusEnum)
  status!: PaymentStatus;

  @Field(() => MoneyType)
  amount!: MoneyType;

  @Field(() => MoneyType)
  captured!: MoneyType;

  @Field(() => MoneyType)
  refunded!: MoneyType;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

@Directive('@key(fields: "id")')
@ObjectType('Order')
export class PaidOrder {
  @Field(() => ID)
  id!: string;

  @Directive('@external')
  @Field(() => String, { nullable: true })
  accessGrant?: string | null;
}

@Directive('@shareable')
@ObjectType('PaymentAction', { simpleResolvers: true })
export class NextAction {
  @Field(() => String)
  type!: string;

  @Field(() => UrlScalar, { nullable: true })
  url?: string | null;

  @Field(() => String, { nullable: true })
  clientSecret?: string | null;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class PaymentRefusal {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  message!: string;
}

/** `refusal` is the provider's or the rules' no; `nextAction` is set while the shopper must still act. */
@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class PaymentResult {
  @Field(() => Payment, { nullable: true })
  payment?: Payment | null;

  @Field(() => NextAction, { nullable: true })
  nextAction?: NextAction | null;

  @Field(() => PaymentRefusal, { nullable: true })
  refusal?: PaymentRefusal | null;
}

@Directive('@inaccessible')
@InputType()
export class PaymentAuthorizeInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => String)
  orderNumber!: string;

  @Field(() => DecimalScalar)
  amount!: string;

  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Field(() => String, { nullable: true })
  provider?: string | null;

  @Field(() => String)
  token!: string;

  @Field(() => String)
  email!: string;
}

export const refused = (code: string, message: string): PaymentResult => ({
  payment: null,
  nextAction: null,
  refusal: { code, message },
});

export function toPayment(record: PaymentRecord): Payment {
  const amount = (minor: bigint) => shown(money(minor, record.currency));
  return {
    id: record.id,
    provider: record.provider,
    status: record.status,
    amount: amount(record.amount),
    captured: amount(record.captured),
    refunded: amount(record.refunded),
    createdAt: record.created_at,
  };
}

export function toResult(record: PaymentRecord): PaymentResult {
  const givenUp = record.voided
    ? { code: 'order_given_up', message: 'The order was given up before it was paid.' }
    : null;
  return { payment: toPayment(record), nextAction: record.next_action, refusal: record.refusal ?? givenUp };
}
