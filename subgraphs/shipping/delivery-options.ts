import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { MoneyType, shown } from '#platform/graphql/money.type.ts';
import { CountryCodeScalar, CurrencyCodeScalar, DateTimeScalar, DecimalScalar } from '#platform/graphql/scalars.ts';
import { exchanged } from '#platform/money/exchange.ts';
import { parseDecimal } from '#platform/money/money.ts';
import { DeliveryAddress } from '#subgraphs/carts/contracts/delivery-address.type.ts';
import { exchangeInto } from '#subgraphs/pricing/contracts/exchange-rates.ts';
import { DeliveryOption } from './contracts/delivery-option.type.ts';
import { ratesByPlace } from './delivery-zone.records.ts';
import { deliveryOffers } from './rules/delivery-options.ts';

@Directive('@inaccessible')
@InputType('DeliveryOptionsInput')
class DeliveryOptionsInputType {
  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Field(() => CountryCodeScalar)
  country!: string;

  @Field(() => String, { nullable: true })
  region?: string | null;

  @Field(() => String)
  postalCode!: string;

  @Field(() => Int)
  weightGrams!: number;

  @Field(() => Int)
  totalQuantity!: number;

  @Field(() => DecimalScalar)
  subtotal!: string;

  @Field(() => DateTimeScalar, { nullable: true })
  ratesAt?: Date | null;
}

@Directive('@shareable')
@Directive('@inaccessible')
@ObjectType('CartParcel', { simpleResolvers: true })
class RequiredParcel {
  @Field(() => Int)
  weightGrams!: number;

  @Field(() => Int)
  totalQuantity!: number;

  @Field(() => MoneyType)
  subtotal!: MoneyType;
}

@Directive('@key(fields: "id")')
@ObjectType('Cart')
export class SentCart {
  @Field(() => ID)
  id!: string;

  @Directive('@external')
  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Directive('@external')
  @Field(() => DeliveryAddress, { nullable: true })
  deliveryAddress?: DeliveryAddress | null;

  @Directive('@external')
  @Field(() => RequiredParcel, { nullable: true })
  parcel?: RequiredParcel | null;
}

@Resolver(() => SentCart)
export class DeliveryOptions {
  @Directive(
    '@requires(fields: "currency deliveryAddress { country region postalCode } parcel { weightGrams totalQuantity subtotal { amount currency } }")',
  )
  @FieldResolver(() => [DeliveryOption], { nullable: true })
  async deliveryOptions(
    @Root() { deliveryAddress, parcel }: SentCart,
    @Ctx() context: Context,
  ): Promise<DeliveryOption[] | null> {
    if (!deliveryAddress || !parcel) return null;
    const { weightGrams, subtotal } = parcel;
    return offersFor(context, deliveryAddress, weightGrams, subtotal);
  }

  @Internal()
  @Query(() => [DeliveryOption])
  deliveryOptionsFor(
    @Arg('input', () => DeliveryOptionsInputType) input: DeliveryOptionsInputType,
    @Ctx() context: Context,
  ): Promise<DeliveryOption[]> {
    const subtotal = { amount: input.subtotal, currency: input.currency };
    return offersFor(context, input, input.weightGrams, subtotal, input.ratesAt?.toISOString());
  }
}

async function offersFor(
  context: Context,
  { country, region = null }: { country: string; region?: string | null },
  weightGrams: number,
  { amount, currency }: MoneyType,
  ratesAt: string | null = null,
): Promise<DeliveryOption[]> {
  const subtotal = parseDecimal(amount, currency);
  if (!subtotal) throw new Error(`${amount} ${currency} is no amount.`);
  const exchange = await exchangeInto(context, currency, ratesAt);
  if (!exchange) return [];
  const offers = deliveryOffers(await ratesByPlace(), { country, region, weightGrams, subtotal }, (price) =>
    price.currency === currency ? price : exchanged(price, exchange),
  );
  return offers.map((offer) => ({ ...offer, price: shown(offer.price) }));
}

export const cartReference = async (cart: SentCart): Promise<SentCart> => cart;
