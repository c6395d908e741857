import { Arg, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import type { StockLevel as Level } from './contracts/stock.ts';
import { availableOf } from './variant.loaders.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class StockLevel {
  @Field(() => ID)
  variantId!: string;

  @Field(() => Int, { description: 'Exact even where the shop hides numbers from the public.' })
  available!: number;

  @Field(() => Boolean)
  backorderable!: boolean;
}

@Resolver()
export class StockLevelsResolver {
  @Internal()
  @Query(() => [StockLevel], { description: 'One entry an id, in order; an unknown variant has 0.' })
  stockLevels(@Arg('variantIds', () => [ID]) variantIds: string[]): Promise<Level[]> {
    return stockLevels(variantIds);
  }
}

export async function stockLevels(variantIds: readonly string[]): Promise<Level[]> {
  const known = await availableOf(variantIds);
  return variantIds.map((variantId) => ({
    variantId,
    available: known.get(variantId) ?? 0,
    backorderable: false,
  }));
}
