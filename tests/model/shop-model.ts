import type { Outcome, Step } from './interleavings.ts';

/** All that the model knows of a shop. It is plain data: worlds are compared as JSON. */
export interface Shop {
  /** By variant. */
  readonly stock: Readonly<Record<string, { onHand: number; reserved: number }>>;
  readonly carts: Readonly<Record<string, Cart>>;
}

interface Cart {
  readonly state: 'OPEN' | 'FROZEN' | 'CLOSED';
  /** Variant to quantity. */
  readonly lines: Readonly<Record<string, number>>;
  /** The key under which it is being ordered, or was. */
  readonly key: string | null;
  readonly order: 'NONE' | 'CONFIRMED' | 'CANCELLED';
}

/** What a command remembers between its moments. */
export interface Local {
  readonly available?: number;
  readonly closed?: boolean;
  readonly refusal?: string;
}

/** What clients may do. Carts and variants are named by letters, which the real run maps to ids. */
export type Command =
  | { readonly kind: 'add'; readonly cart: string; readonly variant: string; readonly quantity: number }
  | { readonly kind: 'place'; readonly cart: string; readonly key: string; readonly card: 'good' | 'declined' }
  | { readonly kind: 'cancel'; readonly cart: string }
  | { readonly kind: 'stockSet'; readonly variant: string; readonly onHand: number };

type Moment = Step<Shop, Local>;
type Result = Outcome<Shop, Local>;

export const availableOf = ({ stock }: Shop, variant: string): number =>
  stock[variant]!.onHand - stock[variant]!.reserved;

/** The moments of a command. */
export function momentsOf(command: Command): readonly Moment[] {
  switch (command.kind) {
    case 'add':
      return [lookAtCart(command), lookAtStock(command), addTo(command)];
    case 'place':
      return [freeze(command), reserve(command), charge(command), letGo(command)];
    case 'cancel':
      return [cancel(command), giveStockBack(command)];
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

/** Placing takes the cart unless something stands in the way; a duplicate waits for the first. */
const freeze =
  ({ cart, key }: { cart: string; key: string }): Moment =>
  (shop) => {
    const there = shop.carts[cart]!;
    if (there.state === 'CLOSED') return [told(shop, there.key === key ? 'ok' : 'CART_CLOSED')];
    if (there.state === 'FROZEN') return [];
    if (Object.keys(there.lines).length === 0) return [told(shop, 'CART_EMPTY')];
    if (tooFew(shop, there)) return [told(shop, 'INSUFFICIENT_STOCK')];
    return [{ world: withCart(shop, cart, { state: 'FROZEN', key }) }];
  };

const reserve =
  ({ cart }: { cart: string }): Moment =>
  (shop) => {
    const there = shop.carts[cart]!;
    if (tooFew(shop, there)) return [{ world: shop, local: { refusal: 'INSUFFICIENT_STOCK' } }];
    return [{ world: withReserved(shop, there, 1) }];
  };

const charge =
  ({ cart, card }: { cart: string; card: string }): Moment =>
  (shop, local) => {
    if (local.refusal) return [{ world: shop }];
    if (card === 'declined')
      return [{ world: withReserved(shop, shop.carts[cart]!, -1), local: { refusal: 'PAYMENT_DECLINED' } }];
    return [told(withCart(shop, cart, { state: 'CLOSED', order: 'CONFIRMED' }), 'ok')];
  };

const letGo =
  ({ cart }: { cart: string }): Moment =>
  (shop, { refusal }) => [told(withCart(shop, cart, { state: 'OPEN', key: null }), refusal ?? 'ok')];

/** The order is cancelled at one moment, and its stock is back at a later one. */
const cancel =
  ({ cart }: { cart: string }): Moment =>
  (shop) =>
    shop.carts[cart]!.order === 'CONFIRMED'
      ? [{ world: withCart(shop, cart, { order: 'CANCELLED' }), result: 'ok' }]
      : [told(shop, shop.carts[cart]!.order === 'CANCELLED' ? 'ok' : 'no order')];

const giveStockBack =
  ({ cart }: { cart: string }): Moment =>
  (shop) => [{ world: withReserved(shop, shop.carts[cart]!, -1) }];

const setStock =
  ({ variant, onHand }: { variant: string; onHand: number }): Moment =>
  (shop) => {
    const { reserved } = shop.stock[variant]!;
    if (onHand < reserved) return [told(shop, 'BELOW_RESERVED')];
    return [told({ ...shop, stock: { ...shop.stock, [variant]: { onHand, reserved } } }, 'ok')];
  };

const told = (world: Shop, result: string): Result => ({ world, result, ends: true });

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
