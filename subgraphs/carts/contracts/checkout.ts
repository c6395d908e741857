import { operation } from '#platform/graphql/operation.ts';

interface Amount {
  amount: string;
  currency: string;
}

export interface SnapshotAddress {
  name: string;
  line1: string;
  line2: string | null;
  city: string;
  region: string | null;
  postalCode: string;
  country: string;
  phone: string | null;
}

/** The delivery option of a cart that holds nothing but gift cards: nobody offers it, and it costs nothing. */
export const BY_MAIL = 'by-e-mail';

/** The cart as it is bought: everything an order copies. */
export interface CartSnapshot {
  cartId: string;
  version: number;
  customerId: string | null;
  email: string | null;
  note: string | null;
  currency: string;
  lines: {
    variantId: string;
    productId: string;
    sellerId: string;
    sku: string;
    title: string;
    options: { name: string; value: string }[];
    imageUrl: string | null;
    quantity: number;
    weightGrams: number;
    isGiftCard: boolean;
    unitPrice: Amount;
    discount: Amount;
    tax: Amount;
    total: Amount;
  }[];
  cost: {
    subtotal: Amount;
    discount: Amount;
    shipping: Amount | null;
    tax: Amount;
    taxIncluded: boolean;
    taxLines: { title: string; rate: string; amount: Amount }[];
    total: Amount;
  };
  deliveryAddress: SnapshotAddress | null;
  billingAddress: SnapshotAddress | null;
  deliveryOption: { id: string; title: string; price: Amount; estimatedDays: { min: number; max: number } } | null;
  /** All of them made it cheaper. */
  discountCodes: string[];
  weightGrams: number;
}

export interface CartFreezeResult {
  /** Null when `problems` or `userErrors` say why not: then the cart is as it was. */
  snapshot: CartSnapshot | null;
  problems: { code: string; message: string; lineId: string | null; available: number | null }[];
  /** CART_NOT_FOUND, CART_CHANGED, CART_CLOSED. */
  userErrors: { code: string; message: string }[];
}

const ADDRESS = 'name line1 line2 city region postalCode country phone';
const AMOUNT = '{ amount currency }';

/**
 * Prices the cart as it is and refuses every change to it, until cartReopen or cartClose of the same order. The
 * guest's secret is the cart's id; a customer's cart answers its owner only. Idempotent by order id.
 */
export const cartFreeze = operation<
  { cartFreeze: CartFreezeResult },
  { cartId: string; orderId: string; expectedVersion: number | null; expectedTotal?: string | null }
>(
  'carts',
  `mutation($cartId: ID!, $orderId: ID!, $expectedVersion: Int, $expectedTotal: Decimal) {
    cartFreeze(cartId: $cartId, orderId: $orderId, expectedVersion: $expectedVersion, expectedTotal: $expectedTotal) {
      problems { code message lineId available } userErrors { code message }
      snapshot { cartId version customerId email note currency weightGrams discountCodes
        lines { variantId productId sellerId sku title options { name value } imageUrl quantity weightGrams
          isGiftCard unitPrice ${AMOUNT} discount ${AMOUNT} tax ${AMOUNT} total ${AMOUNT} }
        cost { subtotal ${AMOUNT} discount ${AMOUNT} shipping ${AMOUNT} tax ${AMOUNT} taxIncluded
          taxLines { title rate amount ${AMOUNT} } total ${AMOUNT} }
        deliveryAddress { ${ADDRESS} } billingAddress { ${ADDRESS} }
        deliveryOption { id title price ${AMOUNT} estimatedDays { min max } } } } }`,
);

/** The undo: the cart is open again. Does nothing when another order holds the cart. */
export const cartReopen = operation<{ cartReopen: { reopened: boolean } }, { cartId: string; orderId: string }>(
  'carts',
  'mutation($cartId: ID!, $orderId: ID!) { cartReopen(cartId: $cartId, orderId: $orderId) { reopened } }',
);

/** The cart became the order and takes no more changes. */
export const cartClose = operation<{ cartClose: { closed: boolean } }, { cartId: string; orderId: string }>(
  'carts',
  'mutation($cartId: ID!, $orderId: ID!) { cartClose(cartId: $cartId, orderId: $orderId) { closed } }',
);
