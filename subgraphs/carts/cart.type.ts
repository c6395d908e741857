import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { MoneyType } from '#platform/graphql/money.type.ts';
import { CurrencyCodeScalar, DateTimeScalar } from '#platform/graphql/scalars.ts';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { TaxLine } from '#subgraphs/pricing/contracts/tax-line.type.ts';
import type { CartRecord } from './cart.records.ts';
import { PROBLEM_CODES, type Problem } from './cart-problems.ts';
import { DeliveryAddress } from './contracts/delivery-address.type.ts';

const ERROR_CODES = [
  'CART_NOT_FOUND',
  'CART_CHANGED',
  'CART_CLOSED',
  'LINE_NOT_FOUND',
  'VARIANT_NOT_FOUND',
  'INVALID_QUANTITY',
  'LINE_LIMIT',
  'INSUFFICIENT_STOCK',
  'EMAIL_INVALID',
  'ADDRESS_INVALID',
  'DELIVERY_UNAVAILABLE',
  'CURRENCY_UNSUPPORTED',
  'TOO_LONG',
] as const;

const enumOf = (values: readonly string[]) => Object.fromEntries(values.map((value) => [value, value]));
export const CartProblemCode = enumOf(PROBLEM_CODES);
export const CartErrorCode = enumOf(ERROR_CODES);
registerEnumType(CartProblemCode, { name: 'CartProblemCode' });
registerEnumType(CartErrorCode, { name: 'CartErrorCode' });

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Variant', { simpleResolvers: true })
export class CartVariant {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ simpleResolvers: true })
export class CartProblem {
  @Field(() => CartProblemCode)
  code!: Problem['code'];

  @Field(() => String)
  message!: string;

  @Field(() => ID, { nullable: true })
  lineId?: string | null;

  @Field(() => Int, { nullable: true })
  available?: number | null;
}

@ObjectType({
  description:
    '`title` and `unitPrice` stay known when the catalog cannot be asked; `variant` is null once it is gone.',
})
export class CartLine {
  /** What its other fields are computed from. */
  cart!: CartRecord;

  @Field(() => ID)
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => Int)
  quantity!: number;

  @Field(() => Boolean, { description: 'Whether each unit is a gift card, which is mailed and not sent.' })
  isGiftCard!: boolean;

  @Field(() => CartVariant, { nullable: true })
  variant?: CartVariant | null;

  @Field(() => MoneyType)
  unitPrice!: MoneyType;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'total = subtotal − discount + shipping + (tax unless taxIncluded). Shipping and tax are estimates until address and option are chosen.',
})
export class CartCost {
  @Field(() => MoneyType)
  subtotal!: MoneyType;

  @Field(() => MoneyType)
  discount!: MoneyType;

  @Field(() => MoneyType, { nullable: true })
  shipping?: MoneyType | null;

  @Field(() => MoneyType)
  tax!: MoneyType;

  @Field(() => Boolean)
  taxIncluded!: boolean;

  @Field(() => [TaxLine])
  taxLines!: TaxLine[];

  @Field(() => MoneyType)
  total!: MoneyType;

  @Field(() => Boolean)
  isEstimate!: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description: '`reason` says why a code is of no use to this cart, and what to do.',
})
export class CartDiscountCode {
  @Field(() => String)
  code!: string;

  @Field(() => Boolean)
  applicable!: boolean;

  @Field(() => String, { nullable: true })
  reason?: string | null;
}

/** What shipping requires of a cart: summed here, so that it needs no way through the catalog. */
@Directive('@shareable')
@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class CartParcel {
  @Field(() => Int)
  weightGrams!: number;

  @Field(() => Int)
  totalQuantity!: number;

  @Field(() => MoneyType)
  subtotal!: MoneyType;
}

@Directive('@key(fields: "id")')
@ObjectType({
  description: 'Carts never reserve stock; placing the order does. All money under a cart is in `currency`.',
})
export class Cart {
  /** What the other fields are computed from. */
  record!: CartRecord;

  @Field(() => ID)
  id!: string;

  @Field(() => Int, {
    description:
      'Grows with every change. Pass it as `expectedVersion` to have a stale write refused with CART_CHANGED.',
  })
  version!: number;

  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Field(() => Int)
  totalQuantity!: number;

  @Field(() => DeliveryAddress, { nullable: true })
  deliveryAddress?: DeliveryAddress | null;

  @Field(() => DeliveryAddress, { nullable: true })
  billingAddress?: DeliveryAddress | null;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => String, { nullable: true })
  note?: string | null;

  @Field(() => DateTimeScalar)
  expiresAt!: Date;
}

@Directive('@key(fields: "id")')
@ObjectType('Customer')
export class CartCustomer {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ implements: UserError, simpleResolvers: true })
export class CartError extends UserError {
  @Field(() => CartErrorCode)
  code!: (typeof ERROR_CODES)[number];

  @Field(() => Int, { nullable: true })
  available?: number | null;
}

@ObjectType({ simpleResolvers: true })
export class CartWarning {
  @Field(() => CartProblemCode)
  code!: Problem['code'];

  @Field(() => String)
  message!: string;
}

@ObjectType({ simpleResolvers: true })
export class CartPayload {
  @Field(() => Cart, { nullable: true })
  cart?: Cart | null;

  @Field(() => [CartError])
  userErrors!: CartError[];

  @Field(() => [CartWarning])
  warnings!: CartWarning[];
}

export const toCart = (record: CartRecord): Cart => ({
  record,
  id: record.id,
  version: record.version,
  currency: record.currency,
  totalQuantity: record.lines.reduce((pieces, { quantity }) => pieces + quantity, 0),
  deliveryAddress: record.delivery_address,
  billingAddress: record.billing_address,
  email: record.email,
  note: record.note,
  expiresAt: record.expires_at,
});
