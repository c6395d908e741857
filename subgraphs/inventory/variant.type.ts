import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

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

/** Catalog's entity, as far as stock goes. */
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Variant {
  @Field(() => ID)
  id!: string;

  @Field(() => Availability, { nullable: true })
  availability?: Availability | null;
}
