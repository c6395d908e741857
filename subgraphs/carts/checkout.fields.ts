import { Arg, Ctx, Directive, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { MoneyType } from '#platform/graphql/money.type.ts';
import { CurrencyCodeScalar, DecimalScalar, UrlScalar } from '#platform/graphql/scalars.ts';
import { SelectedOption } from '#subgraphs/catalog/contracts/selected-option.type.ts';
import { DeliveryOption } from '#subgraphs/shipping/contracts/delivery-option.type.ts';
import { CartCost, CartError, CartProblem } from './cart.type.ts';
import { DeliveryAddress } from './contracts/delivery-address.type.ts';
import { closeCart, freezeCart, reopenCart } from './freeze-cart.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
class CartSnapshotLine {
  @Field(() => ID)
  variantId!: string;

  @Field(() => ID)
  productId!: string;

  @Field(() => ID)
  sellerId!: string;

  @Field(() => String)
  sku!: string;

  @Field(() => String)
  title!: string;

  @Field(() => [SelectedOption])
  options!: SelectedOption[];

  @Field(() => UrlScalar, { nullable: true })
  imageUrl?: string | null;

  @Field(() => Int)
  quantity!: number;

  @Field(() => Int)
  weightGrams!: number;

  @Field(() => Boolean)
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

/** The cart as it is bought: everything an order copies. */
@Directive('@inaccessible')
@ObjectType('CartSnapshot', { simpleResolvers: true })
class CartSnapshotType {
  @Field(() => ID)
  cartId!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => ID, { nullable: true })
  customerId?: string | null;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => String, { nullable: true })
  note?: string | null;

  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Field(() => [CartSnapshotLine])
  lines!: CartSnapshotLine[];

  @Field(() => CartCost)
  cost!: CartCost;

  @Field(() => DeliveryAddress, { nullable: true })
  deliveryAddress?: DeliveryAddress | null;

  @Field(() => DeliveryAddress, { nullable: true })
  billingAddress?: DeliveryAddress | null;

  @Field(() => DeliveryOption, { nullable: true })
  deliveryOption?: DeliveryOption | null;

  @Field(() => [String])
  discountCodes!: string[];

  @Field(() => Int)
  weightGrams!: number;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
class CartFreezePayload {
  @Field(() => CartSnapshotType, { nullable: true })
  snapshot?: CartSnapshotType | null;

  @Field(() => [CartProblem])
  problems!: CartProblem[];

  @Field(() => [CartError])
  userErrors!: CartError[];
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
class CartReopenPayload {
  @Field(() => Boolean)
  reopened!: boolean;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
class CartClosePayload {
  @Field(() => Boolean)
  closed!: boolean;
}

/** What the checkout saga asks; each may be repeated with the same order id. */
@Resolver()
export class CheckoutFields {
  @Internal()
  @Mutation(() => CartFreezePayload)
  cartFreeze(
    @Arg('cartId', () => ID) cartId: string,
    @Arg('orderId', () => ID) orderId: string,
    @Ctx() context: Context,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion?: number | null,
    @Arg('expectedTotal', () => DecimalScalar, {
      nullable: true,
      description: 'What the shopper was shown: rates that moved since do not change it for ten minutes.',
    })
    expectedTotal?: string | null,
  ) {
    return freezeCart(context, cartId, orderId, expectedVersion ?? null, expectedTotal ?? null);
  }

  @Internal()
  @Mutation(() => CartReopenPayload)
  async cartReopen(
    @Arg('cartId', () => ID) cartId: string,
    @Arg('orderId', () => ID) orderId: string,
  ): Promise<CartReopenPayload> {
    return { reopened: await reopenCart(cartId, orderId) };
  }

  @Internal()
  @Mutation(() => CartClosePayload)
  async cartClose(
    @Arg('cartId', () => ID) cartId: string,
    @Arg('orderId', () => ID) orderId: string,
  ): Promise<CartClosePayload> {
    return { closed: await closeCart(cartId, orderId) };
  }
}
