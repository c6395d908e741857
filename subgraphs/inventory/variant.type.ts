import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description:
    '`quantity` is what can still be promised over all locations; null when the shop hides exact numbers. `lowStock` says that five or fewer are left.',
})
export class Availability {
  @Field(() => Boolean)
  inStock!: boolean;

  @Field(() => Int, { nullable: true })
  quantity?: number | null;

  @Field(() => Boolean)
  lowStock!: boolean;

  @Field(() => Boolean)
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

const LOW_STOCK = 5;

/** Nothing can be ordered beyond what there is: no variant is backorderable yet. */
export const variantWith = (id: string, available: number): Variant => ({
  id,
  availability: {
    inStock: available > 0,
    quantity: available,
    lowStock: available > 0 && available <= LOW_STOCK,
    backorderable: false,
  },
});
