import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { CacheControl } from '#platform/graphql/cache-control.ts';

@CacheControl({ inheritMaxAge: true })
@ObjectType({
  simpleResolvers: true,
  description:
    '`quantity` is what can still be promised over all locations; null when the shop hides exact numbers. `lowStock` says that few are left, five where the shop set nothing else.',
})
export class Availability {
  @Field(() => Boolean)
  inStock!: boolean;

  @Field(() => Int, { nullable: true })
  quantity?: number | null;

  @Field(() => Boolean)
  lowStock!: boolean;

  @Field(() => Boolean, { description: 'Whether more can be ordered than there is, to be sent later.' })
  backorderable!: boolean;
}

/** In seconds. Every sale changes it, which is announced; it is short for where that is lost. */
const MAX_AGE = 10;

/** Catalog's entity, as far as stock goes. */
@Directive('@key(fields: "id")')
@CacheControl({ maxAge: MAX_AGE })
@ObjectType({ simpleResolvers: true })
export class Variant {
  @Field(() => ID)
  id!: string;

  @Field(() => Availability, { nullable: true })
  availability?: Availability | null;
}
