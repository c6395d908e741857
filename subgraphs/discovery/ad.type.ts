import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '#platform/graphql/connection.type.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { DiscoveredProduct } from './product.reference.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'Paid for or in the shop’s own interest: to be shown as an ad. Its text is plain, never markup.',
})
export class Ad {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  text!: string;

  @Field(() => DiscoveredProduct, { nullable: true })
  product?: DiscoveredProduct | null;
}

@ObjectType({ simpleResolvers: true, description: 'An ad as staff sees it.' })
export class PlacedAd {
  @Field(() => Ad)
  ad!: Ad;

  @Field(() => [String], {
    description: 'Where it is shown, as `cart` or `category:teapots`; everywhere when there are none.',
  })
  contexts!: string[];

  @Field(() => DateTimeScalar)
  startsAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  endsAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'How often it may be shown; null for as often as wanted.' })
  impressions?: number | null;

  @Field(() => Int, { description: 'How often it was.' })
  shown!: number;
}

@ObjectType({ simpleResolvers: true })
export class PlacedAdConnection extends connectionOf('PlacedAd', () => PlacedAd).Connection {}

export enum AdErrorCode {
  TEXT_INVALID = 'TEXT_INVALID',
  CONTEXT_INVALID = 'CONTEXT_INVALID',
  PERIOD_INVALID = 'PERIOD_INVALID',
  LIMIT_INVALID = 'LIMIT_INVALID',
  PRODUCT_NOT_FOUND = 'PRODUCT_NOT_FOUND',
  AD_NOT_FOUND = 'AD_NOT_FOUND',
}
registerEnumType(AdErrorCode, { name: 'AdErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class AdError extends UserError {
  @Field(() => AdErrorCode)
  code!: AdErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class AdPayload {
  @Field(() => PlacedAd, { nullable: true })
  placed?: PlacedAd | null;

  @Field(() => [AdError])
  userErrors!: AdError[];
}
