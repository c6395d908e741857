import { payload } from '#platform/graphql/user-error.type.ts';
import type { CartRecord } from './cart.records.ts';
import { type CartPayload, type CartWarning, toCart } from './cart.type.ts';

/** What a change of a cart came to. */
export interface Changed {
  cart: CartRecord;
  warnings?: CartWarning[];
}

/** The payload of a deed: the cart as it is now, or why it is as it was. */
export async function answered(deed: () => Promise<Changed>): Promise<CartPayload> {
  const answer = await payload(async () => {
    const { cart, warnings = [] } = await deed();
    return { cart: toCart(cart), warnings };
  });
  return { ...answer, warnings: answer.warnings ?? [] } as CartPayload;
}
