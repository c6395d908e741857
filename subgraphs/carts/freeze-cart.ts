import type { Viewer } from '#platform/auth/viewer.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { parseDecimal } from '#platform/money/money.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { type CartRecord, cartById, checkVersion, closed, maySee, notFound } from './cart.records.ts';
import { type PricedCart, priceForOrder } from './cart-prices.ts';
import { problemsOf } from './cart-problems.ts';
import type { CartFreezeResult, CartSnapshot } from './contracts/checkout.ts';
import { heldRates } from './currency-of-cart.ts';
import { database } from './database.ts';

const TRIES = 5;

/**
 * Prices the cart as it is, and takes it for an order at exactly that version: where it changed meanwhile, it is priced
 * again. With problems, or in another order's hands, it stays as it was.
 */
export async function freezeCart(
  context: Context,
  cartId: string,
  orderId: string,
  expectedVersion: number | null,
  expectedTotal: string | null = null,
): Promise<CartFreezeResult> {
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const cart = await cartById(cartId);
      // A repetition, maybe by a process that went on for another.
      if (cart?.order_id === orderId && cart.snapshot) return frozenAs(cart.snapshot);
      if (!cart || !maySee(context.viewer, cart)) throw notFound();
      if (cart.status !== 'OPEN' || cart.expired || cart.gave_up_order_id === orderId) throw closed(cart);
      checkVersion(cart, expectedVersion);
      const priced = await pricedAsShown(context, cart, expectedTotal);
      const problems = await problemsOf(context, cart, priced);
      if (problems.length > 0) {
        // What is missing may be held by an order of this very cart that was placed meanwhile: then it is closed, not short.
        if (await isStill(cart)) return { snapshot: null, problems, userErrors: [] };
        continue;
      }
      const snapshot = await snapshotOf(context.viewer, cart, priced);
      const [frozen] = await freeze(cartId, cart.version, orderId, JSON.stringify(snapshot));
      if (frozen) return frozenAs(snapshot);
    }
    throw new Refusal('CART_CHANGED', 'The cart keeps changing. Look at it again.');
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
    return { snapshot: null, problems: [], userErrors: [{ code: reason.code, message: reason.message }] };
  }
}

/**
 * At now's prices, unless the shopper was shown others that still hold: where the rates moved in the last ten minutes, those
 * before count if they make the total that was shown.
 */
async function pricedAsShown(context: Context, cart: CartRecord, expectedTotal: string | null): Promise<PricedCart> {
  const now = priceForOrder(context, cart);
  if (expectedTotal === null || cart.currency === SHOP.currency || cart.lines.length === 0) return now;
  const isAsShown = async (priced: PricedCart) => {
    const { total } = await priced.quote();
    return parseDecimal(expectedTotal, cart.currency)?.minor === parseDecimal(total.amount, cart.currency)?.minor;
  };
  if (await isAsShown(now)) return now;
  for (const at of await heldRates(context, cart.currency)) {
    const held = priceForOrder(context, cart, at);
    if (await isAsShown(held)) return held;
  }
  return now;
}

async function isStill({ id, version, status }: CartRecord): Promise<boolean> {
  const now = await cartById(id);
  return now?.version === version && now.status === status;
}

const frozenAs = (snapshot: CartSnapshot): CartFreezeResult => ({ snapshot, problems: [], userErrors: [] });

/**
 * Opens it again, unless another order holds it or has it. Remembered even where this order does not hold it: its freeze
 * may still be under way, and would close the cart for good.
 */
export const reopenCart = async (cartId: string, orderId: string): Promise<boolean> =>
  (await reopen(cartId, orderId)).length > 0;

/** It became the order and takes no more changes. */
export const closeCart = async (cartId: string, orderId: string): Promise<boolean> =>
  (await close(cartId, orderId)).length > 0;

const freeze = database.groupedStatement<{ id: string }>(
  'carts.freeze',
  `UPDATE cart SET status = 'FROZEN', order_id = $3, snapshot = $4, updated_at = now()
   WHERE id = $1 AND version = $2 AND status = 'OPEN' AND expires_at > now() AND gave_up_order_id IS DISTINCT FROM $3 RETURNING id`,
);
const reopen = database.statement<{ id: string }>(
  'carts.reopen',
  `UPDATE cart SET status = 'OPEN', order_id = NULL, snapshot = NULL, gave_up_order_id = $2, updated_at = now()
   WHERE id = $1 AND (status = 'OPEN' OR status = 'FROZEN' AND order_id = $2) RETURNING id`,
);
const close = database.groupedStatement<{ id: string }>(
  'carts.close',
  `UPDATE cart SET status = 'CLOSED', updated_at = now() WHERE id = $1 AND order_id = $2 AND status IN ('FROZEN', 'CLOSED') RETURNING id`,
);

async function snapshotOf(viewer: Viewer | null, cart: CartRecord, priced: PricedCart): Promise<CartSnapshot> {
  const [lines, deliveryOption, parcel, quote] = await Promise.all([
    priced.lines(),
    priced.deliveryOption(),
    priced.parcel(),
    priced.quote(),
  ]);
  return {
    cartId: cart.id,
    version: cart.version,
    customerId: cart.customer_id ?? viewer?.customerId ?? null,
    email: cart.email,
    note: cart.note,
    currency: cart.currency,
    lines: lines.map((line) => {
      const { discount, tax, total } = quote.lines.find(({ lineId }) => lineId === line.id)!;
      const { variantId, productId, sellerId, sku, title, options, imageUrl, quantity, weightGrams, unitPrice } = line;
      const { isGiftCard } = line;
      return {
        variantId,
        productId,
        sellerId,
        sku,
        title,
        options,
        imageUrl,
        quantity,
        weightGrams,
        isGiftCard,
        unitPrice,
        discount,
        tax,
        total,
      };
    }),
    cost: quote,
    deliveryAddress: cart.delivery_address,
    billingAddress: cart.billing_address,
    deliveryOption,
    discountCodes: quote.codes.map(({ code }) => code),
    weightGrams: parcel.weightGrams,
  };
}
