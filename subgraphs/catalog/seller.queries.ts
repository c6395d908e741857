import { Arg, Args, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { listProducts, type ProductPage, ProductSort } from './list-products.ts';
import { PageArguments, ProductConnection } from './product.type.ts';
import { sellerByHandle } from './seller.loaders.ts';
import { Seller } from './seller.type.ts';

@Resolver()
export class SellerQueries {
  @Query(() => Seller, { nullable: true })
  seller(@Arg('handle', () => String) handle: string): Promise<Seller | null> {
    return sellerByHandle(handle);
  }
}

@Resolver(() => Seller)
export class SellerFields {
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @FieldResolver(() => ProductConnection)
  products(@Root() { handle }: Seller, @Args(() => PageArguments) page: PageArguments): Promise<ProductPage> {
    return listProducts({ seller: handle, sort: ProductSort.NEWEST, ...page });
  }
}
