import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Catalog's product; what reviews know of it is resolved in review.queries.ts. */
@Directive('@key(fields: "id")')
@ObjectType('Product')
export class ReviewedProduct {
  @Field(() => ID)
  id!: string;
}
