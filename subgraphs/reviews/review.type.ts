import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CacheControl } from '#platform/graphql/cache-control.ts';
import { connectionOf } from '#platform/graphql/connection.type.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { ReviewedProduct } from './product.reference.ts';

export enum ReviewState {
  PENDING = 'PENDING',
  PUBLISHED = 'PUBLISHED',
  HIDDEN = 'HIDDEN',
}
registerEnumType(ReviewState, {
  name: 'ReviewState',
  description: 'Only PUBLISHED reviews are shown with a product and count for its rating.',
});

@CacheControl({ inheritMaxAge: true })
@ObjectType({ simpleResolvers: true })
export class Review {
  @Field(() => ID)
  id!: string;

  @Field(() => ReviewedProduct, { nullable: true })
  product?: ReviewedProduct | null;

  @Field(() => String, { description: 'The first name and the initial of the last, as “Ada L.”' })
  author!: string;

  @Field(() => Int, { description: '1 to 5.' })
  rating!: number;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String)
  body!: string;

  @Field(() => Boolean, { description: 'The author had bought the product here when writing.' })
  verifiedPurchase!: boolean;

  @Field(() => ReviewState)
  state!: ReviewState;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

@CacheControl({ inheritMaxAge: true })
@ObjectType({ simpleResolvers: true })
export class ReviewConnection extends connectionOf('Review', () => Review).Connection {}

@CacheControl({ inheritMaxAge: true })
@ObjectType({ simpleResolvers: true })
export class Rating {
  @Field(() => Float, { description: 'From 1 to 5, of all published reviews.' })
  average!: number;

  @Field(() => Int)
  count!: number;
}

export enum ReviewErrorCode {
  PRODUCT_NOT_FOUND = 'PRODUCT_NOT_FOUND',
  REVIEW_NOT_FOUND = 'REVIEW_NOT_FOUND',
  RATING_INVALID = 'RATING_INVALID',
  TITLE_INVALID = 'TITLE_INVALID',
  BODY_INVALID = 'BODY_INVALID',
  ALREADY_REVIEWED = 'ALREADY_REVIEWED',
  WISHLIST_FULL = 'WISHLIST_FULL',
}
registerEnumType(ReviewErrorCode, { name: 'ReviewErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class ReviewError extends UserError {
  @Field(() => ReviewErrorCode)
  code!: ReviewErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class ReviewPayload {
  @Field(() => Review, { nullable: true })
  review?: Review | null;

  @Field(() => [ReviewError])
  userErrors!: ReviewError[];
}
