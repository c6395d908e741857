import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { announceChange } from '#platform/cache/changes.ts';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { Authenticated } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { customersByIds } from '#subgraphs/accounts/contracts/accounts.ts';
import { customerHasBought } from '#subgraphs/orders/contracts/customer-has-bought.ts';
import { reviewsConfig } from './config.ts';
import { requireProduct } from './require-product.ts';
import { insertReview, toReview } from './review.records.ts';
import { ReviewPayload, ReviewState } from './review.type.ts';
import { authorName } from './rules/author-name.ts';
import { reviewText } from './rules/review-text.ts';

@InputType()
export class ReviewCreateInput {
  @Field(() => ID)
  productId!: string;

  @Field(() => Int, { description: '1 to 5.' })
  rating!: number;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String)
  body!: string;
}

@Resolver()
export class CreateReview {
  @Authenticated()
  @Mutation(() => ReviewPayload, { description: 'What the signed-in customer thinks of a product, once.' })
  reviewCreate(@Arg('input', () => ReviewCreateInput) input: ReviewCreateInput, @Ctx() context: Context) {
    return payload(() => createReview(context, input));
  }
}

export async function createReview(context: Context, input: ReviewCreateInput) {
  const { customerId } = context.signedIn();
  const { rating, title, body } = reviewText(input);
  const { productId } = input;
  const [, { customersByIds: customers }, { customerHasBought: verified }] = await Promise.all([
    requireProduct(context, productId),
    context.ask(customersByIds, { ids: [customerId] }),
    context.ask(customerHasBought, { customerId, productId }),
  ]);
  const author = authorName(customers[0]?.name ?? null);
  const state = reviewsConfig.needApproval ? ReviewState.PENDING : ReviewState.PUBLISHED;
  const row = [newId('rev'), productId, customerId, author, rating, title, body, verified, state];
  const [record] = await insertReview(...row);
  if (record) {
    await announceChange(`Product:${record.product_id}`);
    return { review: toReview(record) };
  }
  throw new Refusal('ALREADY_REVIEWED', 'You have reviewed this already; delete that review to write another.', {
    path: ['input', 'productId'],
  });
}
