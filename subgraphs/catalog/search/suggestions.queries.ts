import { Arg, Ctx, Directive, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { CacheControl } from '#platform/graphql/cache-control.ts';
import { pageSize } from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import { categoriesByIds } from '../category.loaders.ts';
import { Category } from '../category.type.ts';
import { MAX_AGE } from '../max-age.ts';
import { Product } from '../product.type.ts';
import { readQuery } from '../rules/search-words.ts';
import { searchProvider } from './chosen-search.ts';

@CacheControl({ inheritMaxAge: true })
@ObjectType({ simpleResolvers: true })
export class SearchSuggestions {
  @Field(() => [String], { description: 'What was typed, finished or mended.' })
  queries!: string[];

  @Directive('@listSize(assumedSize: 8)')
  @Field(() => [Product])
  products!: Product[];

  @Directive('@listSize(assumedSize: 3)')
  @Field(() => [Category])
  categories!: Category[];
}

const MOST = 20;

@Resolver()
export class SuggestionQueries {
  @CacheControl({ maxAge: MAX_AGE })
  @Directive('@cost(weight: 3)')
  @Query(() => SearchSuggestions, { nullable: true, description: 'Typeahead, tolerant of typing errors.' })
  async searchSuggestions(
    @Arg('query', () => String) query: string,
    @Arg('limit', () => Int, { nullable: true, defaultValue: 8 }) limit: number | null,
    @Ctx() context: Context,
  ): Promise<SearchSuggestions> {
    const most = pageSize(limit ?? 8, 'limit', MOST);
    const typed = readQuery(query);
    if (typed === null || most === 0) return { queries: [], products: [], categories: [] };
    const { queries, products, categoryIds } = await searchProvider().suggest(typed, most);
    const categories = await context.loader<string, Category | null>(categoriesByIds).loadMany(categoryIds);
    return {
      queries: [...queries],
      products: products.map((row) => new Product(row)),
      categories: categories.filter((category) => category instanceof Category),
    };
  }
}
