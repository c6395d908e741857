import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  Info,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { CacheControl } from '#platform/graphql/cache-control.ts';
import type { Context } from '#platform/graphql/context.ts';
import { CurrencyCodeScalar, LocaleScalar } from '#platform/graphql/scalars.ts';
import { categoriesByIds } from './category.loaders.ts';
import { Category } from './category.type.ts';
import { facetsIn, filtersFrom } from './currency-of-list.ts';
import { listProducts, type ProductPage, ProductSort } from './list-products.ts';
import { MAX_AGE } from './max-age.ts';
import { isShopCurrency, soldCurrency } from './price.ts';
import { productsByIds, publishedProductByHandle, publishedProductsByIds } from './product.loaders.ts';
import { Product, ProductConnection, Variant } from './product.type.ts';
import { ProductFilter } from './search/facet.type.ts';
import { selects } from './search/selects.ts';

const MOST_IDS = 100;

@ArgsType()
export class ProductListArguments {
  @Field(() => String, { nullable: true })
  query?: string | null;

  @Field(() => String, { nullable: true })
  category?: string | null;

  @Field(() => [ProductFilter], { nullable: true })
  filters?: ProductFilter[] | null;

  @Field(() => ProductSort, { nullable: true, defaultValue: ProductSort.RELEVANCE })
  sort?: ProductSort | null;

  @Field(() => CurrencyCodeScalar, { nullable: true })
  currency?: string | null;

  @Field(() => LocaleScalar, {
    nullable: true,
    description:
      "What the products are called in where their `title` is asked for in none, and the facets' categories.",
  })
  locale?: string | null;

  @Field(() => Int, { nullable: true, defaultValue: 20 })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;

  @Field(() => Int, { nullable: true })
  last?: number | null;

  @Field(() => String, { nullable: true })
  before?: string | null;
}

@Resolver()
export class ProductQueries {
  @Query(() => Product, { nullable: true })
  async product(
    @Arg('id', () => ID, { nullable: true }) id: string | null,
    @Arg('handle', () => String, { nullable: true }) handle: string | null,
    @Ctx() context: Context,
  ): Promise<Product | null> {
    if (id != null) {
      const product = await context.loader<string, Product | null>(publishedProductsByIds).load(id);
      return handle == null || product?.handle === handle ? product : null;
    }
    if (handle != null) return publishedProductByHandle(handle);
    throw new Denied('BAD_USER_INPUT', 'Name the product by id or by handle.');
  }

  @Directive('@listSize(assumedSize: 20)')
  @Query(() => [Product], {
    nullable: 'itemsAndList',
    description: 'In the order asked for; null where there is none.',
  })
  async productsByIds(@Arg('ids', () => [ID]) ids: string[]): Promise<(Product | null)[]> {
    if (ids.length > MOST_IDS) throw new Denied('BAD_USER_INPUT', `Ask for at most ${MOST_IDS} products at a time.`);
    return publishedProductsByIds(ids);
  }

  @CacheControl({ maxAge: MAX_AGE })
  @Directive('@cost(weight: 5)')
  @Directive(
    '@listSize(slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @Query(() => ProductConnection, {
    nullable: true,
    description:
      'Search and browse. `category` is a handle; what is in the categories below it is listed too. Without a query RELEVANCE is NEWEST. Facet counts answer for the whole result, not for the page.',
  })
  async products(
    @Args(() => ProductListArguments) { currency, ...list }: ProductListArguments,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ProductPage> {
    const asked = { facets: selects(info, 'facets') };
    if (isShopCurrency(currency)) return listProducts(list, asked);
    const exchange = await soldCurrency(context, currency!);
    const filters = filtersFrom(list.filters, exchange);
    return facetsIn(await listProducts({ ...list, filters }, asked), exchange);
  }
}

@Resolver(() => Product)
export class ProductFields {
  @FieldResolver(() => Category, { nullable: true })
  category(@Root() { categoryId }: Product, @Ctx() context: Context): Promise<Category | null> | null {
    return categoryId === null ? null : context.loader<string, Category | null>(categoriesByIds).load(categoryId);
  }
}

@Resolver(() => Variant)
export class VariantFields {
  @FieldResolver(() => Product)
  product(@Root() { productId }: Variant, @Ctx() context: Context): Promise<Product | null> {
    return context.loader<string, Product | null>(productsByIds).load(productId);
  }
}
