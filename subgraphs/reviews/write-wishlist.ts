import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { Authenticated } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { database } from './database.ts';
import { requireProduct } from './require-product.ts';
import { WishlistPayload } from './wishlist.type.ts';

const MOST_WISHES = 500;

@InputType()
export class WishlistInput {
  @Field(() => ID)
  productId!: string;
}

@Resolver()
export class WriteWishlist {
  @Authenticated()
  @Mutation(() => WishlistPayload, { description: 'Twice is once.' })
  wishlistAdd(@Arg('input', () => WishlistInput) input: WishlistInput, @Ctx() context: Context) {
    return payload(() => addWish(context, input));
  }

  @Authenticated()
  @Mutation(() => WishlistPayload, {
    description: 'Of what is not on the list nothing is removed, and that is no error.',
  })
  wishlistRemove(@Arg('input', () => WishlistInput) input: WishlistInput, @Ctx() context: Context) {
    return payload(() => removeWish(context, input));
  }
}

const add = database.statement<{ known: boolean; full: boolean }>(
  'reviews.add-wish',
  `WITH l AS (SELECT count(*) AS n, bool_or(product_id = $2) AS known FROM wishlist_item WHERE customer_id = $1),
   a AS (
     INSERT INTO wishlist_item (customer_id, product_id) SELECT $1, $2 FROM l WHERE n < ${MOST_WISHES} ON CONFLICT DO NOTHING)
   SELECT coalesce(known, false) AS known, n >= ${MOST_WISHES} AS full FROM l`,
);

async function addWish(context: Context, { productId }: WishlistInput) {
  const { customerId } = context.signedIn();
  await requireProduct(context, productId);
  const [list] = await add(customerId, productId);
  if (list?.full && !list.known) {
    throw new Refusal('WISHLIST_FULL', `The list holds ${MOST_WISHES} products. Remove one first.`, {
      path: ['input', 'productId'],
    });
  }
  return { product: { id: productId } };
}

/** Also of a product that is no longer on sale. */
async function removeWish(context: Context, { productId }: WishlistInput) {
  const { customerId } = context.signedIn();
  if (!productId.includes('\0')) await database.prisma.wishlistItem.deleteMany({ where: { customerId, productId } });
  return { product: { id: productId } };
}
