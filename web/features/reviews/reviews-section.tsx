import Link from 'next/link';
import { CheckIcon } from '#design/icons.tsx';
import { LocalTime } from '#design/local-time.tsx';
import { currentViewer } from '#features/account/current-viewer.ts';
import { withNext } from '#features/account/next-page.ts';
import { ProductReviewsDocument, type ReviewViewFragment } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { Stars, shortRating } from './stars.tsx';
import { WriteReview } from './write-review.tsx';

interface ReviewsSectionProps {
  readonly productId: string;
  /** Where the page lies, to come back to after signing in. */
  readonly path: string;
  readonly after: string | null;
}

/** What others think of it. Missing reviews never keep a page from being shown. */
export async function ReviewsSection({ productId, path, after }: ReviewsSectionProps) {
  const [answer, viewer] = await Promise.all([
    request(ProductReviewsDocument, { productId, after }).catch(() => null),
    currentViewer().catch(() => null),
  ]);
  const { rating, reviews } = answer?.product ?? {};
  if (!reviews) return null;
  return (
    <section
      aria-labelledby="reviews"
      className="mt-14 grid gap-x-16 gap-y-8 border-t border-line pt-8 md:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]"
    >
      <div>
        <h2 id="reviews" className="mb-4 text-lead">
          What others say
        </h2>
        {reviews.nodes.length === 0 ? (
          <p className="text-muted">Nobody has said anything yet. If you know it, be the first.</p>
        ) : (
          <ul className="divide-y divide-line">
            {reviews.nodes.map((review) => (
              <Review key={review.id} review={review} />
            ))}
          </ul>
        )}
        {reviews.pageInfo.hasNextPage && reviews.pageInfo.endCursor && (
          <Link
            href={`${path}?reviews=${encodeURIComponent(reviews.pageInfo.endCursor)}#reviews`}
            className="link mt-4 inline-flex min-h-11 items-center text-small"
          >
            Older reviews
          </Link>
        )}
      </div>
      <div className="space-y-4 max-md:order-first">
        {rating && (
          <p className="flex flex-wrap items-center gap-x-3">
            <span className="money text-title">{shortRating(rating.average)}</span>
            <Stars rating={rating.average} className="h-5" />
            <span className="text-small text-muted">
              {rating.count === 1 ? 'one review' : `${rating.count} reviews`}
            </span>
          </p>
        )}
        {viewer ? (
          <WriteReview productId={productId} />
        ) : (
          <p className="text-small text-muted">
            <Link href={withNext('/sign-in', path)} className="link">
              Sign in
            </Link>{' '}
            to write a review.
          </p>
        )}
      </div>
    </section>
  );
}

function Review({ review }: { review: ReviewViewFragment }) {
  return (
    <li className="py-5 first:pt-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Stars rating={review.rating} />
        {review.title && <h3 className="font-sans text-body font-medium tracking-normal">{review.title}</h3>}
      </div>
      <p className="mt-2 max-w-[66ch] whitespace-pre-line break-words">{review.body}</p>
      <p className="mt-2 flex flex-wrap items-center gap-x-3 text-note text-muted">
        <span>{review.author}</span>
        <LocalTime at={review.createdAt} as="day" />
        {review.verifiedPurchase && (
          <span className="inline-flex items-center gap-1 text-leaf">
            <CheckIcon className="size-4" />
            Bought here
          </span>
        )}
      </p>
    </li>
  );
}
