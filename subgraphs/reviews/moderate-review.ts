import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { announceChange } from '#platform/cache/changes.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { decideReview, toReview } from './review.records.ts';
import { ReviewPayload, ReviewState } from './review.type.ts';

@InputType()
export class ReviewModerateInput {
  @Field(() => ID)
  reviewId!: string;

  @Field(() => ReviewState)
  state!: ReviewState;
}

@Resolver()
export class ModerateReview {
  @RequiresScopes('reviews:write')
  @Mutation(() => ReviewPayload, {
    description: 'Lets a review be seen or hides it; the rating of its product follows at once. reviews:write',
  })
  reviewModerate(@Arg('input', () => ReviewModerateInput) input: ReviewModerateInput, @Ctx() context: Context) {
    return payload(() => moderateReview(context, input));
  }
}

async function moderateReview(context: Context, { reviewId, state }: ReviewModerateInput) {
  const [record] = reviewId.includes('\0') ? [] : await decideReview(reviewId, state, context.signedIn().customerId);
  if (record) {
    await announceChange(`Product:${record.product_id}`);
    return { review: toReview(record) };
  }
  throw new Refusal('REVIEW_NOT_FOUND', 'There is no such review.', { path: ['input', 'reviewId'] });
}
