import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { CacheControl } from '#platform/graphql/cache-control.ts';

/** In seconds: what was bought or written since may wait so long to be seen. */
const MAX_AGE = 60;

/** Catalog's product; what discovery knows of it is resolved in neighbor.queries.ts. */
@Directive('@key(fields: "id")')
@CacheControl({ maxAge: MAX_AGE })
@ObjectType('Product')
export class DiscoveredProduct {
  @Field(() => ID)
  id!: string;
}

export const asProducts = (ids: readonly string[]): DiscoveredProduct[] => ids.map((id) => ({ id }));
