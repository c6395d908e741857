import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { CacheControl } from '#platform/graphql/cache-control.ts';
import { MAX_AGE } from './max-age.ts';

@Directive('@key(fields: "id")')
@CacheControl({ maxAge: MAX_AGE })
@ObjectType({ simpleResolvers: true })
export class Seller {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;
}
