import { outboxResolver } from '#platform/outbox/reports.ts';
import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { startAnnouncingRatings } from './announce-ratings.ts';
import { CreateReview } from './create-review.ts';
import { database } from './database.ts';
import { DeleteReview } from './delete-review.ts';
import { EXPORTED_KINDS } from './exported-kinds.ts';
import { ModerateReview } from './moderate-review.ts';
import { ReviewQueries } from './review.queries.ts';
import { WishedProduct, WishlistQueries, wishlistOwner } from './wishlist.queries.ts';
import { WishlistOwner } from './wishlist.type.ts';
import { WriteWishlist } from './write-wishlist.ts';

export const reviews: Subgraph = {
  name: 'reviews',
  database,
  announces: true,
  resolvers: [
    ReviewQueries,
    CreateReview,
    DeleteReview,
    ModerateReview,
    WishlistQueries,
    WishedProduct,
    WriteWishlist,
    outboxResolver(database),
  ],
  orphanedTypes: [WishlistOwner],
  references: {
    Product: async ({ id }: { id: string }) => ({ id }),
    Customer: wishlistOwner,
  },
  exports: EXPORTED_KINDS,
  listeners: [],
  startWork: () => [startAnnouncingRatings()],
};
