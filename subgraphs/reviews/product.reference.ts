import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { CacheControl } from '#platform/graphql/cache-control.ts';

/** In seconds, for where the announcement of a change is lost. */
const MAX_AGE = 60;

/** Catalog's product; what reviews know of it is resolved in review.queries.ts. */
@Directive('@key(fields: "id")')
@CacheControl({ maxAge: MAX_AGE })
@ObjectType('Product')
export class ReviewedProduct {
  @Field(() => ID)
  id!: string;
}
