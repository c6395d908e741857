import { Arg, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import type { StockLevel as Level } from './contracts/stock.ts';
import { isUnlimited, promisableOf } from './variant.loaders.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class StockLevel {
  @Field(() => ID)
  variantId!: string;

  @Field(() => Int, {
    description:
      'What an order can still take, backorders up to their limit counted. Exact even where the shop hides numbers.',
  })
  available!: number;

  @Field(() => Boolean, { description: 'Whether any quantity may be ordered: a backorder without limit.' })
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
  const known = await promisableOf(variantIds);
  return variantIds.map((variantId) => {
    const promisable = known.get(variantId);
    if (!promisable) return { variantId, available: 0, backorderable: false };
    const backorderable = isUnlimited(promisable);
    const credit = backorderable ? 0 : promisable.credit;
    return { variantId, available: Math.max(0, promisable.available + credit), backorderable };
  });
}
