import { outboxResolver } from '#platform/outbox/reports.ts';
import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { categoriesByIds } from './category.loaders.ts';
import { CategoryFields, CategoryQueries } from './category.queries.ts';
import type { Category } from './category.type.ts';
import { database } from './database.ts';
import { CreateProduct } from './editing/create-product.ts';
import { ManagedProducts } from './editing/managed-products.queries.ts';
import { PublishProduct, startPublishing } from './editing/publish-product.ts';
import { TranslateProduct } from './editing/translate-product.ts';
import { UpdateProduct } from './editing/update-product.ts';
import { WriteCategory } from './editing/write-category.ts';
import { EXPORTED_KINDS } from './export/exported-kinds.ts';
import { ProductImports } from './import/product-import.ts';
import { startImporting } from './import/run-imports.ts';
import { followRatings } from './listeners/follow-ratings.listener.ts';
import { followSales } from './listeners/follow-sales.listener.ts';
import { followStock } from './listeners/follow-stock.listener.ts';
import { AddImage } from './media/add-image.ts';
import { CreateUpload } from './media/create-upload.ts';
import { DeleteImage } from './media/delete-image.ts';
import { startFetchingImages } from './media/fetch-images.ts';
import { ImageRequests } from './media/image-requests.queries.ts';
import { OrderImages } from './media/order-images.ts';
import { startSweepingFiles } from './media/sweep-files.ts';
import { UpdateImage } from './media/update-image.ts';
import { publishedProductsByIds, variantsByIds } from './product.loaders.ts';
import { ProductFields, ProductQueries, VariantFields } from './product.queries.ts';
import type { Product, Variant } from './product.type.ts';
import { ProductTraitsQueries } from './product-traits.ts';
import { startKeepingIndex } from './search/keep-index.ts';
import { SuggestionQueries } from './search/suggestions.queries.ts';
import { SynonymResolver } from './search/synonyms.ts';
import { sellersByIds } from './seller.loaders.ts';
import { SellerFields, SellerQueries } from './seller.queries.ts';
import type { Seller } from './seller.type.ts';
import { TranslatedLocales } from './translated-locales.ts';
import { VariantsForSaleResolver } from './variants-for-sale.ts';

export const catalog: Subgraph = {
  name: 'catalog',
  database,
  announces: true,
  resolvers: [
    ProductQueries,
    ProductFields,
    VariantFields,
    CategoryQueries,
    CategoryFields,
    SellerQueries,
    SellerFields,
    SuggestionQueries,
    SynonymResolver,
    VariantsForSaleResolver,
    ProductTraitsQueries,
    TranslatedLocales,
    CreateUpload,
    AddImage,
    UpdateImage,
    OrderImages,
    DeleteImage,
    ImageRequests,
    ManagedProducts,
    CreateProduct,
    UpdateProduct,
    PublishProduct,
    TranslateProduct,
    WriteCategory,
    ProductImports,
    outboxResolver(database),
  ],
  references: {
    Product: ({ id }: { id: string }, context) =>
      context.loader<string, Product | null>(publishedProductsByIds).load(id),
    // Unpublished ones too: carts and orders still show them.
    Variant: ({ id }: { id: string }, context) => context.loader<string, Variant | null>(variantsByIds).load(id),
    Category: ({ id }: { id: string }, context) => context.loader<string, Category | null>(categoriesByIds).load(id),
    Seller: ({ id }: { id: string }, context) => context.loader<string, Seller | null>(sellersByIds).load(id),
  },
  exports: EXPORTED_KINDS,
  listeners: [followStock, followRatings, followSales],
  startWork: (contextFor) => [
    startPublishing(),
    startImporting(),
    ...startKeepingIndex(),
    startFetchingImages(),
    startSweepingFiles(contextFor(null)),
  ],
};
