import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { categoriesByIds } from './category.loaders.ts';
import { CategoryFields, CategoryQueries } from './category.queries.ts';
import type { Category } from './category.type.ts';
import { database } from './database.ts';
import { publishedProductsByIds, variantsByIds } from './product.loaders.ts';
import { ProductFields, ProductQueries, VariantFields } from './product.queries.ts';
import type { Product, Variant } from './product.type.ts';
import { ProductTraitsQueries } from './product-traits.ts';
import { sellersByIds } from './seller.loaders.ts';
import { SellerFields, SellerQueries } from './seller.queries.ts';
import type { Seller } from './seller.type.ts';
import { VariantsForSaleResolver } from './variants-for-sale.ts';

export const catalog: Subgraph = {
  name: 'catalog',
  database,
  announces: false,
  resolvers: [
    ProductQueries,
    ProductFields,
    VariantFields,
    CategoryQueries,
    CategoryFields,
    SellerQueries,
    SellerFields,
    VariantsForSaleResolver,
    ProductTraitsQueries,
  ],
  references: {
    Product: ({ id }: { id: string }, context) =>
      context.loader<string, Product | null>(publishedProductsByIds).load(id),
    // Unpublished ones too: carts and orders still show them.
    Variant: ({ id }: { id: string }, context) => context.loader<string, Variant | null>(variantsByIds).load(id),
    Category: ({ id }: { id: string }, context) => context.loader<string, Category | null>(categoriesByIds).load(id),
    Seller: ({ id }: { id: string }, context) => context.loader<string, Seller | null>(sellersByIds).load(id),
  },
  listeners: [],
};
