import { defineEvent } from '#platform/outbox/event.ts';

/** The ratings of these products are others than were told; with a count of 0 there is none. Of a lower `sequence` than known it is old news. */
export const ratingsChanged = defineEvent<{
  ratings: { productId: string; count: number; sum: number }[];
  sequence: number;
}>('reviews.ratings-changed.v1');
