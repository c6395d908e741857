import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { MoneyType, shown } from '#platform/graphql/money.type.ts';
import { CountryCodeScalar } from '#platform/graphql/scalars.ts';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { money } from '#platform/money/money.ts';
import { IntRange } from './contracts/delivery-option.type.ts';
import type { ZoneRecord } from './delivery-zone.records.ts';
import type { Rate } from './rules/delivery-options.ts';

@ObjectType({ simpleResolvers: true })
export class DeliveryPlace {
  @Field(() => CountryCodeScalar)
  country!: string;

  @Field(() => String, { nullable: true, description: 'In capitals; null for the whole country.' })
  region?: string | null;
}

@ObjectType({ simpleResolvers: true, description: '`amount` for each `perGrams` begun above `aboveGrams`.' })
export class DeliverySurcharge {
  @Field(() => MoneyType)
  amount!: MoneyType;

  @Field(() => Int)
  aboveGrams!: number;

  @Field(() => Int)
  perGrams!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Fits parcels by weight and subtotal; of rates of one option that fit the cheapest is offered.',
})
export class DeliveryRate {
  @Field(() => ID, { description: 'What DeliveryOption.id is, e.g. `standard`.' })
  optionId!: string;

  @Field(() => String)
  title!: string;

  @Field(() => MoneyType)
  price!: MoneyType;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'From this subtotal on the price is 0; a surcharge for weight stays.',
  })
  freeFrom?: MoneyType | null;

  @Field(() => MoneyType, { nullable: true })
  minimumSubtotal?: MoneyType | null;

  @Field(() => Int, { nullable: true })
  minimumWeightGrams?: number | null;

  @Field(() => Int, { nullable: true })
  maximumWeightGrams?: number | null;

  @Field(() => DeliverySurcharge, { nullable: true })
  surcharge?: DeliverySurcharge | null;

  @Field(() => IntRange)
  estimatedDays!: IntRange;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Countries, or regions of them, with the same rates. Outside every zone the shop does not deliver.',
})
export class DeliveryZone {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: 'Grows with every change. Pass it as `expectedVersion`.' })
  version!: number;

  @Field(() => [DeliveryPlace])
  places!: DeliveryPlace[];

  @Field(() => [DeliveryRate])
  rates!: DeliveryRate[];
}

export enum DeliveryZoneErrorCode {
  ZONE_NOT_FOUND = 'ZONE_NOT_FOUND',
  ZONE_CHANGED = 'ZONE_CHANGED',
  ZONE_LIMIT = 'ZONE_LIMIT',
  NAME_INVALID = 'NAME_INVALID',
  PLACE_INVALID = 'PLACE_INVALID',
  PLACE_TAKEN = 'PLACE_TAKEN',
  RATE_INVALID = 'RATE_INVALID',
}
registerEnumType(DeliveryZoneErrorCode, { name: 'DeliveryZoneErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class DeliveryZoneError extends UserError {
  @Field(() => DeliveryZoneErrorCode)
  code!: DeliveryZoneErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class DeliveryZonePayload {
  @Field(() => DeliveryZone, { nullable: true })
  zone?: DeliveryZone | null;

  @Field(() => [DeliveryZoneError])
  userErrors!: DeliveryZoneError[];
}

@ObjectType({ simpleResolvers: true })
export class DeliveryZoneDeletePayload {
  @Field(() => ID, { nullable: true })
  deletedId?: string | null;

  @Field(() => [DeliveryZoneError])
  userErrors!: DeliveryZoneError[];
}

export const toDeliveryZone = ({ id, name, version, places, rates }: ZoneRecord): DeliveryZone => ({
  ...{ id, name, version },
  places: places.map(({ country, region }) => ({ country, region: region || null })),
  rates: rates.map(toDeliveryRate),
});

function toDeliveryRate({ currency, surcharge, ...rate }: Rate): DeliveryRate {
  const amount = (minor: bigint) => shown(money(minor, currency));
  return {
    optionId: rate.optionId,
    title: rate.title,
    price: amount(rate.price),
    freeFrom: rate.freeFrom === null ? null : amount(rate.freeFrom),
    minimumSubtotal: rate.minimumSubtotal === null ? null : amount(rate.minimumSubtotal),
    minimumWeightGrams: rate.minimumGrams,
    maximumWeightGrams: rate.maximumGrams,
    surcharge: surcharge && { ...surcharge, amount: amount(surcharge.amount) },
    estimatedDays: { ...rate.days },
  };
}
