import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '#platform/graphql/connection.type.ts';
import { MoneyType } from '#platform/graphql/money.type.ts';
import { CurrencyCodeScalar, DateTimeScalar, UrlScalar } from '#platform/graphql/scalars.ts';
import { DeliveryAddress } from '#subgraphs/carts/contracts/delivery-address.type.ts';
import { SelectedOption } from '#subgraphs/catalog/contracts/selected-option.type.ts';
import { TaxLine } from '#subgraphs/pricing/contracts/tax-line.type.ts';
import { DeliveryOption } from '#subgraphs/shipping/contracts/delivery-option.type.ts';
import { ORDER_STATUSES, type OrderStatus } from './rules/order-lifecycle.ts';
import { RETURN_STATUSES, type ReturnStatus } from './rules/return-lifecycle.ts';

const enumOf = <Value extends string>(values: readonly Value[]) =>
  Object.fromEntries(values.map((value) => [value, value])) as { [V in Value]: V };

export const PAYMENT_STATUSES = [
  'PENDING',
  'REQUIRES_ACTION',
  'AUTHORIZED',
  'PARTIALLY_PAID',
  'PAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'VOIDED',
  'FAILED',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];
export type FulfillmentStatus = 'UNFULFILLED' | 'PARTIALLY_FULFILLED' | 'FULFILLED' | 'DELIVERED';

export const OrderStatusEnum = enumOf(ORDER_STATUSES);
export const PaymentStatusEnum = enumOf(PAYMENT_STATUSES);
export const FulfillmentStatusEnum = enumOf(['UNFULFILLED', 'PARTIALLY_FULFILLED', 'FULFILLED', 'DELIVERED']);
export const ReturnStatusEnum = enumOf(RETURN_STATUSES);
registerEnumType(ReturnStatusEnum, { name: 'ReturnStatus' });
registerEnumType(OrderStatusEnum, { name: 'OrderStatus' });
registerEnumType(PaymentStatusEnum, { name: 'PaymentStatus' });
registerEnumType(FulfillmentStatusEnum, { name: 'FulfillmentStatus' });

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Variant', { simpleResolvers: true })
export class VariantReference {
  @Field(() => ID)
  id!: string;
}

@Directive('@shareable')
@ObjectType({ simpleResolvers: true })
export class PaymentAction {
  @Field(() => String)
  type!: string;

  @Field(() => UrlScalar, { nullable: true })
  url?: string | null;

  @Field(() => String, { nullable: true })
  clientSecret?: string | null;
}

@ObjectType({ simpleResolvers: true })
export class OrderEvent {
  @Field(() => String)
  type!: string;

  @Field(() => String)
  message!: string;

  @Field(() => DateTimeScalar)
  at!: Date;
}

@ObjectType({ simpleResolvers: true })
export class OrderCost {
  @Field(() => MoneyType)
  subtotal!: MoneyType;

  @Field(() => MoneyType)
  discount!: MoneyType;

  @Field(() => MoneyType)
  shipping!: MoneyType;

  @Field(() => MoneyType)
  tax!: MoneyType;

  @Field(() => Boolean)
  taxIncluded!: boolean;

  @Field(() => [TaxLine])
  taxLines!: TaxLine[];

  @Field(() => MoneyType)
  total!: MoneyType;

  @Field(() => MoneyType)
  refunded!: MoneyType;
}

/**
 * An entity because a fulfillment's line refers to it. The grant is in the key: without it a guest's reference that
 * comes back, for its money, could not be checked.
 */
@Directive('@key(fields: "id accessGrant")')
@ObjectType({ simpleResolvers: true, description: 'As bought: later changes of the product do not reach it.' })
export class OrderLine {
  @Field(() => ID)
  id!: string;

  @Directive('@inaccessible')
  @Field(() => String)
  accessGrant!: string;

  @Directive('@shareable')
  @Field(() => VariantReference, { nullable: true })
  variant?: VariantReference | null;

  @Directive('@shareable')
  @Field(() => String)
  title!: string;

  @Directive('@shareable')
  @Field(() => String)
  sku!: string;

  @Directive('@shareable')
  @Field(() => [SelectedOption])
  options!: SelectedOption[];

  @Directive('@shareable')
  @Field(() => UrlScalar, { nullable: true })
  imageUrl?: string | null;

  @Directive('@shareable')
  @Field(() => Int)
  quantity!: number;

  @Field(() => Boolean, { description: 'Whether each unit is a gift card, which is mailed and not sent.' })
  isGiftCard!: boolean;

  @Field(() => MoneyType)
  unitPrice!: MoneyType;

  @Field(() => MoneyType)
  discount!: MoneyType;

  @Field(() => MoneyType)
  tax!: MoneyType;

  @Field(() => MoneyType)
  total!: MoneyType;
}

@ObjectType({ simpleResolvers: true })
export class ReturnLine {
  @Field(() => OrderLine)
  line!: OrderLine;

  @Field(() => Int)
  quantity!: number;
}

@ObjectType({ simpleResolvers: true })
export class Return {
  @Field(() => ID)
  id!: string;

  @Field(() => ReturnStatusEnum)
  status!: ReturnStatus;

  @Field(() => [ReturnLine])
  lines!: ReturnLine[];

  @Field(() => String)
  reason!: string;

  @Field(() => DateTimeScalar)
  requestedAt!: Date;

  @Field(() => Order)
  order!: Order;
}

@Directive('@key(fields: "id")')
@ObjectType('Customer', { simpleResolvers: true })
export class OrderCustomer {
  @Field(() => ID)
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Order {
  @Field(() => ID)
  id!: string;

  @Directive('@shareable')
  @Field(() => String, { description: 'Human-friendly, to be read out on the phone, e.g. S-100042.' })
  number!: string;

  @Field(() => Int, { description: 'Grows with every change: drop what is older than what you have.' })
  version!: number;

  @Field(() => OrderStatusEnum, { description: 'One word for shoppers; paymentStatus and fulfillmentStatus say more.' })
  status!: OrderStatus;

  @Field(() => PaymentStatusEnum)
  paymentStatus!: PaymentStatus;

  @Field(() => FulfillmentStatusEnum)
  fulfillmentStatus!: FulfillmentStatus;

  @Field(() => OrderCustomer, { nullable: true })
  customer?: OrderCustomer | null;

  @Field(() => String)
  email!: string;

  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Field(() => [OrderLine])
  lines!: OrderLine[];

  @Field(() => OrderCost)
  cost!: OrderCost;

  @Field(() => DeliveryAddress)
  deliveryAddress!: DeliveryAddress;

  @Field(() => DeliveryAddress)
  billingAddress!: DeliveryAddress;

  @Field(() => DeliveryOption)
  deliveryOption!: DeliveryOption;

  @Field(() => String, { nullable: true })
  note?: string | null;

  @Field(() => [OrderEvent])
  history!: OrderEvent[];

  @Field(() => DateTimeScalar)
  placedAt!: Date;

  @Field(() => DateTimeScalar)
  updatedAt!: Date;

  @Field(() => PaymentAction, {
    nullable: true,
    description: 'Set while the shopper must still act, also after a reload.',
  })
  nextAction?: PaymentAction | null;

  @Field(() => DateTimeScalar, { nullable: true })
  paymentDueAt?: Date | null;

  @Field(() => MoneyType, {
    description: 'What a change of the order made due: to be paid with `orderPay` until `paymentDueAt`.',
  })
  balance!: MoneyType;

  @Field(() => Boolean)
  canCancel!: boolean;

  @Directive('@listSize(assumedSize: 2)')
  @Field(() => [Return])
  returns!: Return[];

  @Field(() => UrlScalar, {
    nullable: true,
    description: 'A PDF, for ten minutes; null until the order is paid, and while a change of it waits to be.',
  })
  invoiceUrl?: string | null;

  /** That this viewer may see this order: payments and shipping require it, and need not ask again. */
  @Directive('@inaccessible')
  @Field(() => String, { nullable: true })
  accessGrant?: string | null;
}

export const { Connection: OrderConnection } = connectionOf('Order', () => Order);
export const { Connection: ReturnConnection } = connectionOf('Return', () => Return);
