import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { Order, PaymentAction, Return } from './order.type.ts';

const CODES = [
  'CART_NOT_FOUND',
  'CART_EMPTY',
  'CART_CLOSED',
  'CART_CHANGED',
  'EMAIL_REQUIRED',
  'DELIVERY_REQUIRED',
  'VARIANT_UNAVAILABLE',
  'INSUFFICIENT_STOCK',
  'PRICE_CHANGED',
  'DISCOUNT_NOT_APPLICABLE',
  'PAYMENT_REQUIRED',
  'PAYMENT_DECLINED',
  'PAYMENT_PENDING',
  'GIFT_CARD_INVALID',
  'IDEMPOTENCY_CONFLICT',
  'BUSY',
  'INVALID_TRANSITION',
  'INVALID_QUANTITY',
  'AMOUNT_TOO_LARGE',
  'AMOUNT_INVALID',
  'RETURN_NOT_FOUND',
  'ORDER_NOT_FOUND',
  'LINE_NOT_FOUND',
  'ORDER_CHANGED',
  'TOO_LONG',
] as const;
export type OrderErrorCode = (typeof CODES)[number];

const OrderErrorCodeEnum = Object.fromEntries(CODES.map((code) => [code, code]));
registerEnumType(OrderErrorCodeEnum, { name: 'OrderErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class OrderError extends UserError {
  @Field(() => OrderErrorCodeEnum)
  code!: OrderErrorCode;

  @Field(() => ID, { nullable: true })
  variantId?: string | null;

  @Field(() => Int, { nullable: true })
  available?: number | null;

  @Field(() => Int, { nullable: true })
  retryAfterSeconds?: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    '`accessToken` lets a guest read and follow the order. `nextAction` is set when the shopper must still act (3-D Secure).',
})
export class OrderPlacePayload {
  @Field(() => Order, { nullable: true })
  order?: Order | null;

  @Field(() => String, { nullable: true })
  accessToken?: string | null;

  @Field(() => PaymentAction, { nullable: true })
  nextAction?: PaymentAction | null;

  @Field(() => [OrderError])
  userErrors!: OrderError[];
}

@ObjectType({ simpleResolvers: true })
export class OrderPayload {
  @Field(() => Order, { nullable: true })
  order?: Order | null;

  @Field(() => [OrderError])
  userErrors!: OrderError[];
}

@ObjectType({ simpleResolvers: true })
export class ReturnPayload {
  @Field(() => Return, { nullable: true })
  return?: Return | null;

  @Field(() => [OrderError])
  userErrors!: OrderError[];
}
