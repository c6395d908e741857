import {
  Arg,
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
import { MoneyType, shown } from '#platform/graphql/money.type.ts';
import { CountryCodeScalar, CurrencyCodeScalar, DecimalScalar } from '#platform/graphql/scalars.ts';
import { parseDecimal } from '#platform/money/money.ts';
import { DeliveryAddress } from '#subgraphs/carts/contracts/delivery-address.type.ts';
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
  async deliveryOptions(@Root() { deliveryAddress, parcel }: SentCart): Promise<DeliveryOption[] | null> {
    if (!deliveryAddress || !parcel) return null;
    const { weightGrams, subtotal } = parcel;
    return offersFor(deliveryAddress, weightGrams, subtotal);
  }

  @Internal()
  @Query(() => [DeliveryOption])
  deliveryOptionsFor(
    @Arg('input', () => DeliveryOptionsInputType) input: DeliveryOptionsInputType,
  ): Promise<DeliveryOption[]> {
    return offersFor(input, input.weightGrams, { amount: input.subtotal, currency: input.currency });
  }
}

async function offersFor(
  { country, region = null }: { country: string; region?: string | null },
  weightGrams: number,
  { amount, currency }: MoneyType,
): Promise<DeliveryOption[]> {
  const subtotal = parseDecimal(amount, currency);
  if (!subtotal) throw new Error(`${amount} ${currency} is no amount.`);
  const offers = deliveryOffers(await ratesByPlace(), { country, region, weightGrams, subtotal });
  return offers.map((offer) => ({ ...offer, price: shown(offer.price) }));
}

export const cartReference = async (cart: SentCart): Promise<SentCart> => cart;
