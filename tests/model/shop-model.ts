import type { Outcome, Step } from './interleavings.ts';

/** All that the model knows of a shop. It is plain data: worlds are compared as JSON. */
export interface Shop {
  /** By variant. */
  readonly stock: Readonly<Record<string, { onHand: number; reserved: number }>>;
  readonly carts: Readonly<Record<string, Cart>>;
  /** What one unit of a variant costs, in cents. Delivery is free. */
  readonly prices: Readonly<Record<string, number>>;
  /** A discount code: how many orders hold it, and how many may. */
  readonly code: { readonly used: number; readonly limit: number };
}

/** What the code takes off an order, in cents. */
export const CODE_CENTS = 500;

interface Cart {
  readonly state: 'OPEN' | 'FROZEN' | 'CLOSED';
  /** Variant to quantity. */
  readonly lines: Readonly<Record<string, number>>;
  /** Whether it has the code. */
  readonly code: boolean;
  /** The key under which it is being ordered, or was. */
  readonly key: string | null;
  readonly order: 'NONE' | 'CONFIRMED' | 'CANCELLED';
  /** Cents of the order that went back. */
  readonly paidBack: number;
  /** Units of the order, by variant, that were paid back as such. */
  readonly unitsBack: Readonly<Record<string, number>>;
}

export const EMPTY_CART: Cart = {
  state: 'OPEN',
  lines: {},
  code: false,
  key: null,
  order: 'NONE',
  paidBack: 0,
  unitsBack: {},
};

/** What a command remembers between its moments. */
export interface Local {
  readonly available?: number;
  readonly closed?: boolean;
  readonly refusal?: string;
  /** The code was used up when the cart was looked at. */
  readonly usedUp?: boolean;
  readonly reserved?: boolean;
  /** Cents that could go back when it was looked, and that are to. */
  readonly left?: number;
  readonly amount?: number;
}

/** What clients may do. Carts and variants are named by letters, which the real run maps to ids. */
export type Command =
  | { readonly kind: 'add'; readonly cart: string; readonly variant: string; readonly quantity: number }
  | { readonly kind: 'code'; readonly cart: string; readonly has: boolean }
  | { readonly kind: 'place'; readonly cart: string; readonly key: string; readonly card: 'good' | 'declined' }
  | { readonly kind: 'cancel'; readonly cart: string; readonly by: 'customer' | 'staff' }
  | Refund
  | { readonly kind: 'stockSet'; readonly variant: string; readonly onHand: number };

/**
 * Staff give back all that is left, the most of what a unit of the variant costs (`partOf`), or a unit as such; that not of
 * an order with the code, whose discount is shared over its lines.
 */
export interface Refund {
  readonly kind: 'refund';
  readonly cart: string;
  readonly what: 'rest' | 'part' | 'unit';
  readonly variant: string;
}

type Moment = Step<Shop, Local>;
type Result = Outcome<Shop, Local>;

export const availableOf = ({ stock }: Shop, variant: string): number =>
  stock[variant]!.onHand - stock[variant]!.reserved;

/** Of one unit: two such parts are more than it cost. */
export const partOf = (price: number): number => Math.ceil(price * 0.6);

/** The moments of a command. */
export function momentsOf(command: Command): readonly Moment[] {
  switch (command.kind) {
    case 'add':
      return [lookAtCart(command), lookAtStock(command), addTo(command)];
    case 'place':
      return [
        lookAtCode(command),
        freeze(command),
        reserve(command),
        redeem(command),
        charge(command),
        ...undo(command),
      ];
    case 'code':
      return [setCode(command)];
    case 'cancel':
      return [cancel(command), giveMoneyBack(command), giveStockBack(command), giveCodeBack(command)];
    case 'refund':
      return [lookAtMoney(command), claim(command), payBack(command), letUnitsGo(command)];
    case 'stockSet':
      return [setStock(command)];
  }
}

/** Adding looks at the cart, then at the stock, and writes onto the cart as it is by then. */
const lookAtCart =
  ({ cart }: { cart: string }): Moment =>
  (shop) => [{ world: shop, local: { closed: shop.carts[cart]!.state !== 'OPEN' } }];

const lookAtStock =
  ({ variant }: { variant: string }): Moment =>
  (shop, local) =>
    local.closed
      ? [told(shop, 'CART_CLOSED')]
      : [{ world: shop, local: { ...local, available: availableOf(shop, variant) } }];

const addTo =
  ({ cart, variant, quantity }: { cart: string; variant: string; quantity: number }): Moment =>
  (shop, { available = 0 }) => {
    const { lines, state } = shop.carts[cart]!;
    const sum = (lines[variant] ?? 0) + quantity;
    const tooMany = sum > available;
    if (state !== 'OPEN')
      return tooMany ? [told(shop, 'CART_CLOSED'), told(shop, 'INSUFFICIENT_STOCK')] : [told(shop, 'CART_CLOSED')];
    if (tooMany) return [told(shop, 'INSUFFICIENT_STOCK')];
    return [told(withCart(shop, cart, { lines: { ...lines, [variant]: sum } }), 'ok')];
  };

const setCode =
  ({ cart, has }: { cart: string; has: boolean }): Moment =>
  (shop) =>
    shop.carts[cart]!.state === 'OPEN'
      ? [told(withCart(shop, cart, { code: has }), 'ok')]
      : [told(shop, 'CART_CLOSED')];

const lookAtCode =
  ({ cart }: { cart: string }): Moment =>
  (shop) => [{ world: shop, local: { usedUp: shop.carts[cart]!.code && isUsedUp(shop) } }];

/** Placing takes the cart unless something stands in the way; a duplicate waits for the first. */
const freeze =
  ({ cart, key }: { cart: string; key: string }): Moment =>
  (shop, { usedUp }) => {
    const there = shop.carts[cart]!;
    if (there.state === 'CLOSED') return [told(shop, there.key === key ? 'ok' : 'CART_CLOSED')];
    if (there.state === 'FROZEN') return [];
    if (Object.keys(there.lines).length === 0) return [told(shop, 'CART_EMPTY')];
    // Stock and code are looked at side by side: either may have been seen in a moment when only it was wrong.
    const noCode = there.code && (usedUp || isUsedUp(shop));
    const refusals = [
      ...(tooFew(shop, there) ? ['INSUFFICIENT_STOCK'] : []),
      ...(noCode ? ['DISCOUNT_NOT_APPLICABLE'] : []),
    ];
    if (refusals.length > 0) return refusals.map((refusal) => told(shop, refusal));
    return [{ world: withCart(shop, cart, { state: 'FROZEN', key }), local: {} }];
  };

const reserve =
  ({ cart }: { cart: string }): Moment =>
  (shop) => {
    const there = shop.carts[cart]!;
    if (tooFew(shop, there)) return [{ world: shop, local: { refusal: 'INSUFFICIENT_STOCK' } }];
    return [{ world: withReserved(shop, there, 1), local: { reserved: true } }];
  };

/** The code may have gone to others since the cart was taken. */
const redeem =
  ({ cart }: { cart: string }): Moment =>
  (shop, local) => {
    if (local.refusal || !shop.carts[cart]!.code) return [{ world: shop }];
    if (isUsedUp(shop)) return [{ world: shop, local: { ...local, refusal: 'DISCOUNT_NOT_APPLICABLE' } }];
    return [{ world: withCode(shop, 1) }];
  };

const charge =
  ({ cart, card }: { cart: string; card: string }): Moment =>
  (shop, local) => {
    if (local.refusal) return [{ world: shop }];
    if (card === 'declined')
      return [
        {
          world: withCode(shop, shop.carts[cart]!.code ? -1 : 0),
          local: { ...local, refusal: 'PAYMENT_DECLINED' },
        },
      ];
    return [told(withCart(shop, cart, { state: 'CLOSED', order: 'CONFIRMED' }), 'ok')];
  };

/** What was done before the refusal goes back, the last first. */
const undo = (command: { cart: string }): readonly Moment[] => [release(command), letGo(command)];

const release =
  ({ cart }: { cart: string }): Moment =>
  (shop, { reserved }) => [{ world: reserved ? withReserved(shop, shop.carts[cart]!, -1) : shop }];

const letGo =
  ({ cart }: { cart: string }): Moment =>
  (shop, { refusal }) => [told(withCart(shop, cart, { state: 'OPEN', key: null }), refusal ?? 'ok')];

/** The order is cancelled at one moment; its money and then its stock are back at later ones. */
const cancel =
  ({ cart }: { cart: string }): Moment =>
  (shop) =>
    shop.carts[cart]!.order === 'CONFIRMED'
      ? [{ world: withCart(shop, cart, { order: 'CANCELLED' }), result: 'ok' }]
      : [told(shop, shop.carts[cart]!.order === 'CANCELLED' ? 'ok' : 'no order')];

const giveMoneyBack =
  ({ cart }: { cart: string }): Moment =>
  (shop) => [{ world: withCart(shop, cart, { paidBack: costOf(shop, shop.carts[cart]!) }) }];

const giveStockBack =
  ({ cart }: { cart: string }): Moment =>
  (shop) => [{ world: withReserved(shop, shop.carts[cart]!, -1) }];

const giveCodeBack =
  ({ cart }: { cart: string }): Moment =>
  (shop) => [{ world: withCode(shop, shop.carts[cart]!.code ? -1 : 0) }];

/** A refund looks at what is left, holds its amount against that and claims its units; payments has the last word. */
const lookAtMoney =
  ({ cart, what, variant }: Refund): Moment =>
  (shop) => {
    const there = shop.carts[cart]!;
    if (there.order === 'NONE') return [told(shop, 'no order')];
    if (what === 'unit' && (!there.lines[variant] || there.code)) return [told(shop, 'no line')];
    return [{ world: shop, local: { left: costOf(shop, there) - there.paidBack } }];
  };

const claim =
  ({ cart, what, variant }: Refund): Moment =>
  (shop, { left = 0 }) => {
    const { lines, unitsBack } = shop.carts[cart]!;
    const price = shop.prices[variant]!;
    const amount = { rest: left, part: partOf(price), unit: price }[what];
    const units = (unitsBack[variant] ?? 0) + 1;
    if (what === 'unit' && units > lines[variant]!) return [told(shop, 'INVALID_QUANTITY')];
    if (amount === 0 || amount > left) return [told(shop, 'AMOUNT_TOO_LARGE')];
    const claimed = what === 'unit' ? withCart(shop, cart, { unitsBack: { ...unitsBack, [variant]: units } }) : shop;
    return [{ world: claimed, local: { amount } }];
  };

const payBack =
  ({ cart }: Refund): Moment =>
  (shop, { amount = 0 }) => {
    const there = shop.carts[cart]!;
    const paidBack = there.paidBack + amount;
    if (paidBack > costOf(shop, there)) return [{ world: shop }];
    return [told(withCart(shop, cart, { paidBack }), 'ok')];
  };

const letUnitsGo =
  ({ cart, what, variant }: Refund): Moment =>
  (shop) => {
    const { unitsBack } = shop.carts[cart]!;
    const fewer = { ...unitsBack, [variant]: (unitsBack[variant] ?? 0) - 1 };
    return [told(what === 'unit' ? withCart(shop, cart, { unitsBack: fewer }) : shop, 'AMOUNT_TOO_LARGE')];
  };

const setStock =
  ({ variant, onHand }: { variant: string; onHand: number }): Moment =>
  (shop) => {
    const { reserved } = shop.stock[variant]!;
    if (onHand < reserved) return [told(shop, 'BELOW_RESERVED')];
    return [told({ ...shop, stock: { ...shop.stock, [variant]: { onHand, reserved } } }, 'ok')];
  };

const told = (world: Shop, result: string): Result => ({ world, result, ends: true });

const costOf = ({ prices }: Shop, { lines, code }: Cart): number =>
  Object.entries(lines).reduce((sum, [variant, quantity]) => sum + prices[variant]! * quantity, code ? -CODE_CENTS : 0);

const isUsedUp = ({ code: { used, limit } }: Shop): boolean => used >= limit;

const withCode = (shop: Shop, change: 1 | 0 | -1): Shop =>
  change === 0 ? shop : { ...shop, code: { ...shop.code, used: shop.code.used + change } };

const tooFew = (shop: Shop, { lines }: Cart): boolean =>
  Object.entries(lines).some(([variant, quantity]) => quantity > availableOf(shop, variant));

const withCart = (shop: Shop, cart: string, change: Partial<Cart>): Shop => ({
  ...shop,
  carts: { ...shop.carts, [cart]: { ...shop.carts[cart]!, ...change } },
});

function withReserved(shop: Shop, { lines }: Cart, sign: 1 | -1): Shop {
  const stock = { ...shop.stock };
  for (const [variant, quantity] of Object.entries(lines)) {
    const { onHand, reserved } = stock[variant]!;
    stock[variant] = { onHand, reserved: reserved + sign * quantity };
  }
  return { ...shop, stock };
}
