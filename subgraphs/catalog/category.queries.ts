import { Arg, Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { categoriesByIds, categoryByHandle, childrenOf, rootCategories } from './category.loaders.ts';
import { Category } from './category.type.ts';
import { listProducts, type ProductPage, ProductSort } from './list-products.ts';
import { PageArguments, ProductConnection } from './product.type.ts';

@Resolver()
export class CategoryQueries {
  @Query(() => Category, { nullable: true })
  category(@Arg('handle', () => String) handle: string): Promise<Category | null> {
    return categoryByHandle(handle);
  }

  @Directive('@listSize(assumedSize: 50)')
  @Query(() => [Category], { nullable: true, description: 'The roots of the tree.' })
  categories(): Promise<Category[]> {
    return rootCategories();
  }
}

@Resolver(() => Category)
export class CategoryFields {
  @FieldResolver(() => Category, { nullable: true })
  parent(@Root() { parentId }: Category, @Ctx() context: Context): Promise<Category | null> | null {
    return parentId === null ? null : context.loader<string, Category | null>(categoriesByIds).load(parentId);
  }

  @Directive('@listSize(assumedSize: 20)')
  @FieldResolver(() => [Category])
  children(@Root() { id }: Category, @Ctx() context: Context): Promise<Category[]> {
    return context.loader<string, Category[]>(childrenOf).load(id);
  }

  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @FieldResolver(() => ProductConnection)
  products(@Root() { handle }: Category, @Args(() => PageArguments) page: PageArguments): Promise<ProductPage> {
    return listProducts({ category: handle, sort: ProductSort.NEWEST, ...page });
  }
}
