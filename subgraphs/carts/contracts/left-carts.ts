import { operation } from '#platform/graphql/operation.ts';

/** A cart that somebody filled and left; its id stays a secret. */
export interface LeftCart {
  /** The same for the same cart. */
  reference: string;
  /** Of who has no account, or gave another one. */
  email: string | null;
  customerId: string | null;
  lines: { title: string; quantity: number }[];
  cursor: string;
}

/**
 * Carts with goods and somebody to write to that were changed last between `sinceHours` and `untilHours` ago, and after
 * which the same person ordered nothing: at most 200, the oldest first.
 */
export const leftCarts = operation<
  { leftCarts: LeftCart[] },
  { sinceHours: number; untilHours: number; after: string | null }
>(
  'carts',
  `query($sinceHours: Float!, $untilHours: Float!, $after: String) {
    leftCarts(sinceHours: $sinceHours, untilHours: $untilHours, after: $after) {
      reference email customerId lines { title quantity } cursor } }`,
);
