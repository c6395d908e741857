import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { decodeCursor, encodeCursor, type Page, page, pageSize } from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import { database } from './database.ts';
import { ReviewedProduct } from './product.reference.ts';
import { WishlistConnection, WishlistOwner } from './wishlist.type.ts';

@Resolver(() => WishlistOwner)
export class WishlistQueries {
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @FieldResolver(() => WishlistConnection, { nullable: true, description: 'What was wished for last comes first.' })
  wishlist(
    @Root() customer: WishlistOwner,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Page<ReviewedProduct>> {
    return listWishes(customer.id, first, after);
  }
}

/** Of a product, for whoever looks at it. */
@Resolver(() => ReviewedProduct)
export class WishedProduct {
  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "Whether it is on the signed-in customer's wishlist; null for guests.",
  })
  wished(@Root() { id }: ReviewedProduct, @Ctx() context: Context): Promise<boolean> | null {
    return context.viewer ? context.loader<string, boolean>(wishedOf).load(id) : null;
  }
}

const wishes = database.statement<{ product_id: string }>(
  'reviews.wishes',
  'SELECT product_id FROM wishlist_item WHERE customer_id = $1 AND product_id = ANY($2::text[])',
);

async function wishedOf(ids: readonly string[], context: Context): Promise<boolean[]> {
  const known = new Set((await wishes(context.signedIn().customerId, ids)).map((row) => row.product_id));
  return ids.map((id) => known.has(id));
}

/** A customer that another subgraph refers to: only themselves have a wishlist. */
export const wishlistOwner = async ({ id }: { id: string }, context: Context): Promise<WishlistOwner | null> =>
  context.viewer?.customerId === id ? { id } : null;

async function listWishes(
  customerId: string,
  first: number | null | undefined,
  after: string | null | undefined,
): Promise<Page<ReviewedProduct>> {
  const size = pageSize(first);
  const { wishlistItem } = database.prisma;
  const before = after == null ? {} : { OR: olderThan(after) };
  const [rows, totalCount] = await Promise.all([
    wishlistItem.findMany({
      where: { customerId, ...before },
      orderBy: [{ addedAt: 'desc' }, { productId: 'desc' }],
      take: size + 1,
    }),
    wishlistItem.count({ where: { customerId } }),
  ]);
  const addedAt = new Map(rows.map((row) => [row.productId, row.addedAt]));
  return page(
    rows.map(({ productId }) => ({ id: productId })),
    { first: size, after, totalCount, cursor: ({ id }) => encodeCursor([addedAt.get(id)!.toISOString(), id]) },
  );
}

function olderThan(after: string) {
  const [at, productId] = decodeCursor(after, 2);
  const time = new Date(at as string);
  if (typeof productId !== 'string' || productId.includes('\0') || Number.isNaN(time.getTime()))
    throw new Denied('BAD_USER_INPUT', 'after is no cursor of this list; pass an endCursor that this list gave.');
  return [{ addedAt: { lt: time } }, { addedAt: time, productId: { lt: productId } }];
}
