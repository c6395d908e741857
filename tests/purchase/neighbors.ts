import type { Viewer } from '#platform/auth/viewer.ts';
import { toDecimal } from '#platform/money/money.ts';
import type { CartFreezeResult, CartSnapshot } from '#subgraphs/carts/contracts/checkout.ts';

const LINE_PRICE = 2_000n;

interface FakeCart {
  id: string;
  customerId: string | null;
  status: 'OPEN' | 'FROZEN' | 'CLOSED';
  orderId: string | null;
  gaveUp: Set<string>;
  version: number;
  quantity: number;
  currency: string;
  unitPrice: bigint;
  /** How many gift cards over 25 are beside its goods. */
  giftCards: number;
  codes: string[];
}

type Answers = Record<string, (variables: never, viewer: Viewer | null) => object>;

/** Carts, inventory, pricing and shipping as their contracts promise them, in memory. */
export class Neighbors {
  readonly carts = new Map<string, FakeCart>();
  readonly available = new Map<string, number>();
  /** Variants of which more is promised than there is. */
  readonly backordered = new Set<string>();
  readonly reservations = new Map<
    string,
    { state: 'RESERVED' | 'RELEASED'; lines: { variantId: string; quantity: number }[] }
  >();
  /** Codes by the order that holds them. */
  readonly redeemed = new Map<string, readonly string[]>();
  readonly usedUp = new Set<string>();
  /** Orders whose parcels have left. */
  readonly left = new Set<string>();
  readonly stopped = new Set<string>();
  #made = 0;

  /** A cart that is ready to be placed, of one line of its own variant. */
  fillCart(more: Partial<FakeCart> & { available?: number } = {}): FakeCart {
    const id = `cart_${++this.#made}_${Math.random().toString(36).slice(2)}`;
    const { available = 100, ...own } = more;
    const cart: FakeCart = {
      ...{ id, customerId: null, status: 'OPEN', orderId: null, gaveUp: new Set(), version: 3, quantity: 2 },
      ...{ currency: 'EUR', unitPrice: LINE_PRICE, giftCards: 0, codes: [] },
      ...own,
    };
    this.carts.set(id, cart);
    this.available.set(variantOf(cart), available);
    return cart;
  }

  readonly answers: Answers = {
    cartFreeze: (asked: { cartId: string; orderId: string; expectedVersion: number | null }, viewer) => ({
      cartFreeze: this.#freeze(asked, viewer),
    }),
    cartReopen: ({ cartId, orderId }: { cartId: string; orderId: string }) => {
      const cart = this.carts.get(cartId);
      cart?.gaveUp.add(orderId);
      const reopened = cart?.status === 'FROZEN' && cart.orderId === orderId;
      if (reopened) Object.assign(cart, { status: 'OPEN', orderId: null });
      return { cartReopen: { reopened } };
    },
    codesRedeem: ({ input: { orderId, codes } }: { input: { orderId: string; codes: string[] } }) => {
      const refused = codes
        .filter((code) => this.usedUp.has(code))
        .map((code) => ({ code, reason: `${code} is gone.` }));
      if (refused.length === 0) this.redeemed.set(orderId, codes);
      return { codesRedeem: { redeemed: refused.length === 0, refused } };
    },
    codesRelease: ({ orderId }: { orderId: string }) => {
      this.redeemed.delete(orderId);
      return { codesRelease: { released: true } };
    },
    cartClose: ({ cartId, orderId }: { cartId: string; orderId: string }) => {
      const cart = this.carts.get(cartId);
      const closed = cart?.orderId === orderId;
      if (closed) cart.status = 'CLOSED';
      return { cartClose: { closed } };
    },
    stockReserve: ({ input }: { input: { orderId: string; lines: { variantId: string; quantity: number }[] } }) => {
      const known = this.reservations.get(input.orderId);
      if (known) return { stockReserve: { held: known.state === 'RESERVED', shortages: [] } };
      const shortages = input.lines
        .map(({ variantId, quantity }) => ({ variantId, requested: quantity, available: this.#left(variantId) }))
        .filter(({ requested, available }) => available < requested);
      if (shortages.length > 0) return { stockReserve: { held: false, shortages } };
      for (const { variantId, quantity } of input.lines)
        this.available.set(variantId, this.#left(variantId) - quantity);
      this.reservations.set(input.orderId, { state: 'RESERVED', lines: input.lines });
      const backordered = input.lines.some(({ variantId }) => this.backordered.has(variantId));
      return { stockReserve: { held: true, shortages: [], ...(backordered && { backordered }) } };
    },
    stockRelease: ({ orderId }: { orderId: string }) => {
      const known = this.reservations.get(orderId);
      if (known?.state === 'RESERVED')
        for (const { variantId, quantity } of known.lines)
          this.available.set(variantId, this.#left(variantId) + quantity);
      this.reservations.set(orderId, { state: 'RELEASED', lines: [] });
      return { stockRelease: { released: true } };
    },
    fulfillmentsCancel: ({ orderId }: { orderId: string }) => {
      const cancelled = !this.left.has(orderId);
      if (cancelled) this.stopped.add(orderId);
      return { fulfillmentsCancel: { cancelled } };
    },
  };

  #left(variantId: string): number {
    return this.available.get(variantId) ?? 0;
  }

  #freeze(
    { cartId, orderId, expectedVersion }: { cartId: string; orderId: string; expectedVersion: number | null },
    viewer: Viewer | null,
  ): CartFreezeResult {
    const cart = this.carts.get(cartId);
    const no = (code: string, message: string) => ({ snapshot: null, problems: [], userErrors: [{ code, message }] });
    if (!cart || (cart.customerId && cart.customerId !== viewer?.customerId))
      return no('CART_NOT_FOUND', 'There is no such cart.');
    if (cart.orderId === orderId) return { snapshot: snapshotOf(cart, viewer), problems: [], userErrors: [] };
    if (cart.status !== 'OPEN' || cart.gaveUp.has(orderId)) return no('CART_CLOSED', 'This cart has been ordered.');
    if (expectedVersion !== null && expectedVersion !== cart.version) return no('CART_CHANGED', 'The cart changed.');
    if (cart.quantity + cart.giftCards === 0) {
      const problem = { code: 'EMPTY', message: 'The cart is empty.', lineId: null, available: null };
      return { snapshot: null, problems: [problem], userErrors: [] };
    }
    Object.assign(cart, { status: 'FROZEN', orderId });
    return { snapshot: snapshotOf(cart, viewer), problems: [], userErrors: [] };
  }
}

export const variantOf = (cart: { id: string }): string => `var_${cart.id}`;

/** What a cart costs in minor units, shipping included. */
export const totalOf = ({ unitPrice, quantity, giftCards }: FakeCart): bigint =>
  (unitPrice * BigInt(quantity) === 0n ? 0n : unitPrice * BigInt(quantity) + 490n) + CARD_PRICE * BigInt(giftCards);

const CARD_PRICE = 2_500n;

const ADDRESS = {
  ...{ name: 'Ada Lovelace', line1: 'Torstraße 1', line2: null, city: 'Berlin', region: null },
  ...{ postalCode: '10119', country: 'DE', phone: null },
};

function snapshotOf(cart: FakeCart, viewer: Viewer | null): CartSnapshot {
  const amount = (minor: bigint) => ({
    amount: toDecimal({ minor, currency: cart.currency }),
    currency: cart.currency,
  });
  const goods = cart.unitPrice * BigInt(cart.quantity);
  const cards = CARD_PRICE * BigInt(cart.giftCards);
  const subtotal = goods + cards;
  const shipping = totalOf(cart) - subtotal;
  const line = {
    ...{ variantId: variantOf(cart), productId: 'prod_1', sellerId: 'sel_1', sku: 'LAMP-BLUE', title: 'Lamp' },
    ...{ options: [{ name: 'Color', value: 'Blue' }], imageUrl: null, quantity: cart.quantity, weightGrams: 900 },
    ...{ unitPrice: amount(cart.unitPrice), discount: amount(0n), tax: amount(goods / 6n), total: amount(goods) },
    isGiftCard: false,
  };
  const card = {
    ...line,
    ...{ variantId: 'var_card', productId: 'prod_card', sku: 'GIFT-25', title: 'Gift card', options: [] },
    ...{ quantity: cart.giftCards, weightGrams: 0, isGiftCard: true },
    ...{ unitPrice: amount(CARD_PRICE), tax: amount(0n), total: amount(cards) },
  };
  return {
    cartId: cart.id,
    version: cart.version,
    customerId: cart.customerId ?? viewer?.customerId ?? null,
    email: 'ada@example.com',
    note: null,
    currency: cart.currency,
    lines: [...(cart.quantity > 0 ? [line] : []), ...(cart.giftCards > 0 ? [card] : [])],
    cost: {
      ...{ subtotal: amount(subtotal), discount: amount(0n), shipping: amount(shipping), tax: amount(goods / 6n) },
      ...{ taxIncluded: true, taxLines: [{ title: 'VAT', rate: '0.19', amount: amount(goods / 6n) }] },
      total: amount(totalOf(cart)),
    },
    deliveryAddress: ADDRESS,
    billingAddress: null,
    deliveryOption: {
      ...{ id: 'standard', title: 'Standard', price: amount(shipping), estimatedDays: { min: 2, max: 3 } },
    },
    discountCodes: cart.codes,
    weightGrams: 1_800,
  };
}
