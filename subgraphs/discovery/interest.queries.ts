import { Arg, Ctx, Directive, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { productsInCart } from '#subgraphs/carts/contracts/products-in-cart.ts';
import { goesWith, recentlyViewed, recommend } from './interests.ts';
import { MOST_NEIGHBORS } from './neighbors.ts';
import { asProducts, DiscoveredProduct } from './product.reference.ts';
import { within } from './rules/limits.ts';
import { visitorsOf } from './visitor.ts';

const SIZED = '@listSize(slicingArguments: ["limit"], requireOneSlicingArgument: false)';
const VISITOR = "A guest's own key, as viewRecord takes it.";

/** Carts' cart; what goes with it is told by what lies in it. */
@Directive('@key(fields: "id")')
@ObjectType('Cart')
export class DiscoveredCart {
  @Field(() => ID)
  id!: string;

  @Directive('@external')
  @Field(() => [ID])
  productIds!: string[];
}

@Resolver(() => DiscoveredCart)
export class CartSuggestions {
  @Directive('@requires(fields: "productIds")')
  @Directive('@cost(weight: 2)')
  @Directive(SIZED)
  @FieldResolver(() => [DiscoveredProduct], {
    nullable: 'itemsAndList',
    description: 'What goes with what lies in it, and does not lie in it.',
  })
  async suggestions(
    @Root() { productIds }: DiscoveredCart,
    @Ctx() _context: Context,
    @Arg('limit', () => Int, { nullable: true, defaultValue: 4 }) limit?: number | null,
  ): Promise<DiscoveredProduct[]> {
    if (productIds.length === 0) return [];
    return asProducts((await goesWith(productIds, within(limit, 4, MOST_NEIGHBORS))).map(({ id }) => id));
  }
}

@Resolver()
export class InterestQueries {
  @Directive('@cost(weight: 5)')
  @Directive(SIZED)
  @Query(() => [DiscoveredProduct], {
    nullable: 'itemsAndList',
    description:
      'What somebody may want, by what they looked at, searched for and have in the cart; what sells well when nothing is known.',
  })
  async recommendedProducts(
    @Ctx() context: Context,
    @Arg('limit', () => Int, { nullable: true, defaultValue: 8 }) limit?: number | null,
    @Arg('visitor', () => String, { nullable: true, description: VISITOR }) visitor?: string | null,
    @Arg('cart', () => ID, { nullable: true }) cart?: string | null,
  ): Promise<DiscoveredProduct[]> {
    const visitors = visitorsOf(context.viewer?.customerId ?? null, visitor);
    const found = await recommend(visitors, await inCart(context, cart), within(limit, 8, MOST_NEIGHBORS));
    return asProducts(found.map(({ id }) => id));
  }

  @Directive(SIZED)
  @Query(() => [DiscoveredProduct], { nullable: 'itemsAndList', description: 'What was looked at last comes first.' })
  async recentlyViewedProducts(
    @Ctx() context: Context,
    @Arg('limit', () => Int, { nullable: true, defaultValue: 8 }) limit?: number | null,
    @Arg('visitor', () => String, { nullable: true, description: VISITOR }) visitor?: string | null,
  ): Promise<DiscoveredProduct[]> {
    const visitors = visitorsOf(context.viewer?.customerId ?? null, visitor);
    if (visitors.length === 0) return [];
    return asProducts((await recentlyViewed(visitors, within(limit, 8, MOST_NEIGHBORS))).map(({ id }) => id));
  }
}

/** A cart that is gone, or carts that are down, tell nothing; what else is known still does. */
async function inCart(context: Context, id: string | null | undefined): Promise<string[]> {
  if (id == null) return [];
  const answer = await context.ask(productsInCart, { id }).catch(() => null);
  return answer?.cart?.productIds ?? [];
}
