import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { boughtTogetherWith, MOST_NEIGHBORS, relatedTo } from './neighbors.ts';
import { asProducts, DiscoveredProduct } from './product.reference.ts';
import { within } from './rules/limits.ts';

const SIZED = '@listSize(slicingArguments: ["limit"], requireOneSlicingArgument: false)';

@Resolver(() => DiscoveredProduct)
export class NeighborQueries {
  @Directive(SIZED)
  @Directive('@cost(weight: 2)')
  @FieldResolver(() => [DiscoveredProduct], {
    nullable: 'itemsAndList',
    description: 'Of the same category, brand or tags and of a near price, the most alike first.',
  })
  async relatedProducts(
    @Root() { id }: DiscoveredProduct,
    @Ctx() context: Context,
    @Arg('limit', () => Int, { nullable: true, defaultValue: 8 }) limit?: number | null,
  ): Promise<DiscoveredProduct[]> {
    const ids = await context.loader<string, string[]>(relatedTo).load(id);
    return asProducts(ids.slice(0, within(limit, 8, MOST_NEIGHBORS)));
  }

  @Directive(SIZED)
  @Directive('@cost(weight: 2)')
  @FieldResolver(() => [DiscoveredProduct], {
    nullable: 'itemsAndList',
    description: 'What was in the same orders, at least twice; the closest companions first.',
  })
  async boughtTogether(
    @Root() { id }: DiscoveredProduct,
    @Ctx() context: Context,
    @Arg('limit', () => Int, { nullable: true, defaultValue: 4 }) limit?: number | null,
  ): Promise<DiscoveredProduct[]> {
    const ids = await context.loader<string, string[]>(boughtTogetherWith).load(id);
    return asProducts(ids.slice(0, within(limit, 4, MOST_NEIGHBORS)));
  }
}
