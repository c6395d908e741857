import { Refusal } from '#platform/errors/refusal.ts';
import type { Step } from '#platform/saga/saga.ts';
import { codesRedeem, codesRelease } from '#subgraphs/pricing/contracts/codes.ts';
import type { CheckoutState } from './checkout-state.ts';

/** Takes the cart's discount codes, which somebody else may have used up since it was frozen. Most carts have none. */
export const redeemCodes: Step<CheckoutState> = {
  name: 'redeem',
  joins: true,
  async do({ context, orderId, order, input, codes }) {
    if (codes.length === 0) return;
    const { codesRedeem: result } = await context.ask(codesRedeem, {
      input: {
        orderId,
        codes,
        customerId: order?.customer_id ?? input.viewer?.customerId ?? null,
        email: order?.email ?? '',
      },
    });
    if (result.redeemed) return;
    const reason = result.refused[0]?.reason ?? 'A discount code is no longer good. Look at the cart again.';
    throw new Refusal('DISCOUNT_NOT_APPLICABLE', reason, { path: ['input', 'cartId'] });
  },
  async undo({ context, orderId, codes }) {
    if (codes.length > 0) await context.ask(codesRelease, { orderId });
  },
};
