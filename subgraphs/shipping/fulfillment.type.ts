import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar, UrlScalar } from '#platform/graphql/scalars.ts';
import { SelectedOption } from '#subgraphs/catalog/contracts/selected-option.type.ts';
import { PARCEL_WAY, type ParcelStatus } from './rules/parcel-way.ts';

export type FulfillmentState = ParcelStatus;
export const FulfillmentStateEnum = Object.fromEntries([...PARCEL_WAY, 'CANCELLED'].map((state) => [state, state]));
registerEnumType(FulfillmentStateEnum, { name: 'FulfillmentState' });

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Variant', { simpleResolvers: true })
export class SentVariant {
  @Field(() => ID)
  id!: string;
}

/** The copies were taken when the parcel was made; money stays in orders, which checks the grant that is passed on. */
@Directive('@key(fields: "id accessGrant", resolvable: false)')
@ObjectType('OrderLine', { simpleResolvers: true })
export class SentLine {
  @Field(() => ID)
  id!: string;

  @Directive('@inaccessible')
  @Field(() => String)
  accessGrant!: string;

  @Directive('@shareable')
  @Field(() => SentVariant, { nullable: true })
  variant?: SentVariant | null;

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
}

@ObjectType({ simpleResolvers: true })
export class FulfillmentLine {
  @Field(() => SentLine, { nullable: true })
  line?: SentLine | null;

  @Field(() => Int)
  quantity!: number;
}

@ObjectType({ simpleResolvers: true, description: 'Coordinates where the carrier gives them, for a map.' })
export class TrackingEvent {
  @Field(() => FulfillmentStateEnum)
  status!: FulfillmentState;

  @Field(() => String)
  message!: string;

  @Field(() => String, { nullable: true })
  place?: string | null;

  @Field(() => Float, { nullable: true })
  latitude?: number | null;

  @Field(() => Float, { nullable: true })
  longitude?: number | null;

  @Field(() => DateTimeScalar)
  at!: Date;
}

@ObjectType({ simpleResolvers: true })
export class Fulfillment {
  @Field(() => ID)
  id!: string;

  @Field(() => FulfillmentStateEnum)
  status!: FulfillmentState;

  @Field(() => [FulfillmentLine])
  lines!: FulfillmentLine[];

  @Field(() => String, { nullable: true })
  carrier?: string | null;

  @Field(() => String, { nullable: true })
  trackingNumber?: string | null;

  @Field(() => UrlScalar, { nullable: true })
  trackingUrl?: string | null;

  @Field(() => [TrackingEvent])
  events!: TrackingEvent[];

  @Field(() => DateTimeScalar, { nullable: true })
  estimatedDelivery?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  shippedAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  deliveredAt?: Date | null;

  @Field(() => UrlScalar, {
    nullable: true,
    description: 'The label to print, a PDF; the link is good for ten minutes. orders:read, null to others.',
  })
  labelUrl?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why the carrier has not taken the parcel yet, or what went wrong on its way. orders:read, null to others.',
  })
  trouble?: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType('Order')
export class SentOrder {
  @Field(() => ID)
  id!: string;

  @Directive('@external')
  @Field(() => String, { nullable: true })
  accessGrant?: string | null;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class FulfillmentsCancelPayload {
  @Field(() => Boolean)
  cancelled!: boolean;
}
