import type { OrderViewFragment } from '#generated/graphql.ts';

type Happening = OrderViewFragment['history'][number];

/** Beside the line of steps only what it cannot show is told: money that went back (once), changes, returns. */
const TOLD =
  /^(payment\.(refunded|refund-failed|due|declined)|order\.(edited|changed|change-withdrawn|cancelled)|return\.(?!refunded))/;

/** The news of an order that is not in its line of steps, the latest first. */
export function orderNews(history: readonly Happening[]): readonly Happening[] {
  return history.filter(({ type }) => TOLD.test(type)).toReversed();
}
