import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { announceChange } from '#platform/cache/changes.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { Authenticated } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { removeReview, toReview } from './review.records.ts';
import { ReviewPayload } from './review.type.ts';

@InputType()
export class ReviewDeleteInput {
  @Field(() => ID)
  reviewId!: string;
}

@Resolver()
export class DeleteReview {
  @Authenticated()
  @Mutation(() => ReviewPayload, { description: 'Takes back a review of the signed-in customer.' })
  reviewDelete(@Arg('input', () => ReviewDeleteInput) input: ReviewDeleteInput, @Ctx() context: Context) {
    return payload(() => deleteReview(context, input));
  }
}

/** Somebody else's is not found, like one that does not exist. */
async function deleteReview(context: Context, { reviewId }: ReviewDeleteInput) {
  const [record] = reviewId.includes('\0') ? [] : await removeReview(reviewId, context.signedIn().customerId);
  if (record) {
    await announceChange(`Product:${record.product_id}`);
    return { review: toReview(record) };
  }
  throw new Refusal('REVIEW_NOT_FOUND', 'There is no such review of yours.', { path: ['input', 'reviewId'] });
}
