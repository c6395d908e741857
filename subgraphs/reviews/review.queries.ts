import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { decodeCursor, encodeCursor, type Page, page, pageSize } from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import { database } from './database.ts';
import { ReviewedProduct } from './product.reference.ts';
import { type ReviewRecord, toReview } from './review.records.ts';
import { Rating, type Review, ReviewConnection, ReviewState } from './review.type.ts';

const SIZED =
  '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)';

@Resolver(() => ReviewedProduct)
export class ReviewQueries {
  @Directive(SIZED)
  @FieldResolver(() => ReviewConnection, { nullable: true, description: 'Newest first.' })
  reviews(
    @Root() product: ReviewedProduct,
    @Arg('first', () => Int, { nullable: true, defaultValue: 10 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Page<Review>> {
    return listReviews({ productId: product.id, state: ReviewState.PUBLISHED }, first, after);
  }

  @FieldResolver(() => Rating, { nullable: true, description: 'Null while nobody has reviewed it.' })
  rating(@Root() product: ReviewedProduct, @Ctx() context: Context): Promise<Rating | null> {
    return context.loader<string, Rating | null>(ratingsOf).load(product.id);
  }

  @RequiresScopes('reviews:write')
  @Directive(SIZED)
  @Query(() => ReviewConnection, { nullable: true, description: 'Of all products, newest first. reviews:write' })
  reviewsToModerate(
    @Arg('state', () => ReviewState, { nullable: true, defaultValue: ReviewState.PENDING }) state?: ReviewState | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Page<Review>> {
    return listReviews({ state: state ?? ReviewState.PENDING }, first, after);
  }
}

const ratings = database.statement<{ product_id: string; count: number; sum: number }>(
  'reviews.ratings',
  'SELECT product_id, count, sum FROM rating WHERE product_id = ANY($1::text[]) AND count > 0',
);

async function ratingsOf(ids: readonly string[]): Promise<(Rating | null)[]> {
  const known = new Map((await ratings(ids)).map((row) => [row.product_id, row]));
  return ids.map((id) => {
    const row = known.get(id);
    return row ? { average: row.sum / row.count, count: row.count } : null;
  });
}

/** Null conditions match everything, so that the plan is of what is asked for: `values`. */
const list = database.statement<ReviewRecord>(
  'reviews.list',
  `SELECT * FROM review WHERE state = $1::review_state AND ($2::text IS NULL OR product_id = $2)
     AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::text))
   ORDER BY created_at DESC, id DESC LIMIT $5::int`,
  'values',
);
const count = database.statement<{ n: number }>(
  'reviews.count',
  'SELECT count(*)::int AS n FROM review WHERE state = $1::review_state AND ($2::text IS NULL OR product_id = $2)',
  'values',
);

interface Which {
  readonly productId?: string;
  readonly state: ReviewState;
}

/** A page, newest first; how many there are is counted only when it is asked for. */
async function listReviews(
  { productId = undefined, state }: Which,
  first: number | null | undefined,
  after: string | null | undefined,
): Promise<Page<Review>> {
  const size = pageSize(first);
  const [at, id] = after == null ? [null, null] : keyset(after);
  const rows = await list(state, productId ?? null, at, id, size + 1);
  const shown = page(rows.map(toReview), {
    ...{ first: size, after, totalCount: 0 },
    cursor: ({ createdAt, id }) => encodeCursor([createdAt.toISOString(), id]),
  });
  return Object.defineProperty(shown, 'totalCount', {
    get: async () => (await count(state, productId ?? null))[0]?.n ?? 0,
  });
}

function keyset(after: string): [string, string] {
  const [at, id] = decodeCursor(after, 2);
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at)) && !id.includes('\0'))
    return [at, id];
  throw new Denied('BAD_USER_INPUT', 'after is no cursor of this list; pass an endCursor that this list gave.');
}
