import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '#platform/graphql/connection.type.ts';
import { ReviewedProduct } from './product.reference.ts';
import { ReviewError } from './review.type.ts';

/** `wishlist` is resolved in wishlist.queries.ts. */
@Directive('@key(fields: "id")')
@ObjectType('Customer')
export class WishlistOwner {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ simpleResolvers: true })
export class WishlistEdge {
  @Field(() => ReviewedProduct, { nullable: true })
  node?: ReviewedProduct | null;

  @Field(() => String)
  cursor!: string;
}

@ObjectType({ simpleResolvers: true, description: 'Null stands for a product that is no longer on sale.' })
export class WishlistConnection {
  @Field(() => [ReviewedProduct], { nullable: 'items' })
  nodes!: (ReviewedProduct | null)[];

  @Field(() => [WishlistEdge])
  edges!: WishlistEdge[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int)
  totalCount!: number;
}

@ObjectType({ simpleResolvers: true })
export class WishlistPayload {
  @Field(() => ReviewedProduct, { nullable: true })
  product?: ReviewedProduct | null;

  @Field(() => [ReviewError])
  userErrors!: ReviewError[];
}
