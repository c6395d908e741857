import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { ADDRESS, place, signIn } from '#tests/program/shopper.ts';
import { CODE_CENTS, type Command, partOf, type Refund, type Shop } from './shop-model.ts';

/** The shop in truth: runs the model's commands over GraphQL and says what it was told, in the model's words. */
export interface RealShop {
  /** What a unit of each variant costs, in cents. */
  readonly prices: Readonly<Record<string, number>>;
  /** New carts, a new code, and stock, as the model has them. */
  begin(shop: Shop): Promise<void>;
  run(command: Command): Promise<string>;
  /** What can be seen: what is left of each variant, how much each cart holds, what of each order went back, how many hold the code. */
  look(): Promise<Looks>;
}

export interface Looks {
  readonly available: Readonly<Record<string, number>>;
  readonly quantities: Readonly<Record<string, number>>;
  /** Cents, by cart: what went back of its order's payments. */
  readonly paidBack: Readonly<Record<string, number>>;
  readonly codeUsed: number;
}

const CARDS = { good: 'pm_card_visa', declined: 'pm_card_chargeDeclined' };

interface Coded {
  userErrors: { code: string }[];
}

export async function openRealShop(routerUrl: string, names: readonly string[]): Promise<RealShop> {
  const api = apiClient(routerUrl);
  const staff = apiClient(routerUrl, await signIn(api, 'admin@souk.test'));
  const variants = await someVariants(api, names);
  let carts = new Map<string, string>();
  let code = '';
  const orders = new Map<string, PlacedOrder>();

  const setStock = async (variant: string, onHand: number) => {
    const { stockSet } = await staff.ask<{
      stockSet: Coded & { variant: { stockLevels: { reserved: number }[] } | null };
    }>(
      'mutation($input: StockSetInput!) { stockSet(input: $input) { variant { stockLevels { reserved } } userErrors { code } } }',
      { input: { variantId: variants.get(variant)!.id, onHand } },
    );
    const reserved = (stockSet.variant?.stockLevels ?? []).reduce((sum, level) => sum + level.reserved, 0);
    return { told: stockSet.userErrors[0]?.code ?? 'ok', reserved };
  };
  /** What orders of earlier runs hold: in truth there is that much more on hand and reserved. */
  const heldBefore = new Map<string, number>();

  const deeds = {
    async add({ cart, variant, quantity }: Command & { kind: 'add' }) {
      const lines = [{ variantId: variants.get(variant)!.id, quantity }];
      const { cartLinesAdd } = await api.ask<{ cartLinesAdd: Coded }>(
        'mutation($input: CartLinesAddInput!) { cartLinesAdd(input: $input) { userErrors { code } } }',
        { input: { cartId: carts.get(cart), lines } },
      );
      return cartLinesAdd.userErrors[0]?.code ?? 'ok';
    },
    async place({ cart, key, card }: Command & { kind: 'place' }) {
      for (;;) {
        const answer = await place(api, { cartId: carts.get(cart)!, idempotencyKey: key, token: CARDS[card] });
        const { order, accessToken, userErrors } = answer;
        if (order && accessToken) {
          const captured = await untilCaptured(api, order.id, accessToken);
          orders.set(cart, { id: order.id, accessToken, ...captured });
        }
        // As an app does: the same again, until there is an answer.
        if (userErrors[0]?.code !== 'BUSY') return userErrors[0]?.code ?? 'ok';
      }
    },
    async code({ cart, has }: Command & { kind: 'code' }) {
      const { cartDiscountCodesUpdate } = await api.ask<{ cartDiscountCodesUpdate: Coded }>(
        'mutation($input: CartDiscountCodesUpdateInput!) { cartDiscountCodesUpdate(input: $input) { userErrors { code } } }',
        { input: { cartId: carts.get(cart), codes: has ? [code] : [] } },
      );
      return cartDiscountCodesUpdate.userErrors[0]?.code ?? 'ok';
    },
    async cancel({ cart, by }: Command & { kind: 'cancel' }) {
      const order = orders.get(cart);
      if (!order) return 'no order';
      const who = by === 'staff' ? staff : api;
      const access = by === 'staff' ? {} : { accessToken: order.accessToken };
      const { orderCancel } = await who.ask<{ orderCancel: Coded }>(
        'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code } } }',
        { input: { orderId: order.id, ...access } },
      );
      return orderCancel.userErrors[0]?.code ?? 'ok';
    },
    async refund({ cart, what, variant }: Refund) {
      const order = orders.get(cart);
      if (!order) return 'no order';
      const lineId = order.lines.get(variants.get(variant)!.id);
      if (what === 'unit' && (!lineId || order.isDiscounted)) return 'no line';
      const wish = {
        rest: {},
        part: { amount: (partOf(variants.get(variant)!.price) / 100).toFixed(2) },
        unit: { lines: [{ lineId, quantity: 1 }] },
      }[what];
      const input = { orderId: order.id, ...wish, idempotencyKey: randomUUID() };
      for (;;) {
        const { orderRefund } = await staff.ask<{ orderRefund: Coded }>(
          'mutation($input: OrderRefundInput!) { orderRefund(input: $input) { userErrors { code } } }',
          { input },
        );
        if (orderRefund.userErrors[0]?.code !== 'BUSY') return orderRefund.userErrors[0]?.code ?? 'ok';
      }
    },
    stockSet: async ({ variant, onHand }: Command & { kind: 'stockSet' }) =>
      (await setStock(variant, onHand + heldBefore.get(variant)!)).told,
  };

  return {
    prices: Object.fromEntries([...variants].map(([name, { price }]) => [name, price])),
    async begin({ stock, carts: wanted, code: { limit } }) {
      code = await newCode(staff, limit);
      orders.clear();
      for (const variant of Object.keys(stock)) heldBefore.set(variant, (await setStock(variant, PLENTY)).reserved);
      carts = new Map(
        await Promise.all(
          Object.entries(wanted).map(async ([name, { lines, code: has }]) => {
            const added = Object.entries(lines).map(([variant, quantity]) => ({
              variantId: variants.get(variant)!.id,
              quantity,
            }));
            return [name, await newCart(api, added, has ? [code] : [])] as const;
          }),
        ),
      );
      for (const [variant, { onHand }] of Object.entries(stock))
        await setStock(variant, onHand + heldBefore.get(variant)!);
    },
    run: (command) => deeds[command.kind](command as never),
    async look() {
      const available = await Promise.all(
        [...variants].map(async ([name, { id, productId }]) => [name, await availableOf(api, productId, id)] as const),
      );
      const quantities = await Promise.all(
        [...carts].map(async ([name, id]) => {
          const { cart } = await api.ask<{ cart: { totalQuantity: number } }>(
            'query($id: ID!) { cart(id: $id) { totalQuantity } }',
            { id },
          );
          return [name, cart.totalQuantity] as const;
        }),
      );
      const paidBack = await Promise.all(
        [...carts.keys()].map(async (name) => [name, await paidBackOf(api, orders.get(name))] as const),
      );
      return {
        codeUsed: await timesUsed(staff, code),
        available: Object.fromEntries(available),
        quantities: Object.fromEntries(quantities),
        paidBack: Object.fromEntries(paidBack),
      };
    },
  };
}

const PLENTY = 1_000_000;

interface ProductNode {
  id: string;
  variants: {
    nodes: { id: string; weightGrams: number; price: { amount: string }; availability: { quantity: number } | null }[];
  };
}

interface PlacedOrder {
  readonly id: string;
  readonly accessToken: string;
  /** A variant's id to its line's. */
  readonly lines: ReadonlyMap<string, string>;
  readonly isDiscounted: boolean;
}

/** Before its money was taken an order has nothing to give back: the model knows only orders that are paid. */
async function untilCaptured(
  api: ApiClient,
  id: string,
  accessToken: string,
): Promise<Pick<PlacedOrder, 'lines' | 'isDiscounted'>> {
  for (;;) {
    const { order } = await api.ask<{
      order: {
        paymentStatus: string;
        cost: { discount: { amount: string } };
        lines: { id: string; variant: { id: string } }[];
      };
    }>(
      'query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) { paymentStatus cost { discount { amount } } lines { id variant { id } } } }',
      { id, accessToken },
    );
    if (!['PENDING', 'AUTHORIZED'].includes(order.paymentStatus))
      return {
        lines: new Map(order.lines.map((line) => [line.variant.id, line.id])),
        isDiscounted: cents(order.cost.discount.amount) > 0,
      };
    await sleep(20);
  }
}

async function paidBackOf(api: ApiClient, placed: PlacedOrder | undefined): Promise<number> {
  if (!placed) return 0;
  const { id, accessToken } = placed;
  const { order } = await api.ask<{ order: { payments: { refunded: { amount: string } }[] } }>(
    'query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) { payments { refunded { amount } } } }',
    { id, accessToken },
  );
  return order.payments.reduce((sum, { refunded }) => sum + cents(refunded.amount), 0);
}

const cents = (amount: string): number => Math.round(Number(amount) * 100);

/** From what a delivery is free: what is ordered is then the whole of what is paid. */
const FREE_DELIVERY_CENTS = 5_000;
/** Four of two kinds stay below the ten kilograms from which even a free delivery costs more. */
const LIGHT_GRAMS = 1_200;

async function someVariants(api: ApiClient, names: readonly string[]) {
  const { products } = await api.ask<{ products: { nodes: ProductNode[] } }>(
    '{ products(first: 60) { nodes { id variants(first: 1) { nodes { id weightGrams price { amount } availability { quantity } } } } } }',
  );
  const found = products.nodes.flatMap(({ id: productId, variants: { nodes } }) =>
    nodes
      .filter(({ availability }) => (availability?.quantity ?? 0) > 20)
      .map(({ id, weightGrams, price }) => ({ id, productId, weightGrams, price: cents(price.amount) })),
  );
  const dear = found.filter(
    ({ price, weightGrams }) => price >= FREE_DELIVERY_CENTS + CODE_CENTS && weightGrams <= LIGHT_GRAMS,
  );
  if (dear.length < names.length)
    throw new Error('The demo shop has too few things that are dear, light and in stock.');
  return new Map(names.map((name, i) => [name, dear[i]!]));
}

async function newCode(staff: ApiClient, usageLimit: number): Promise<string> {
  const code = `MODEL-${randomUUID().slice(0, 13).toUpperCase()}`;
  const { promotionCreate } = await staff.ask<{ promotionCreate: Coded }>(
    'mutation($input: PromotionInput!) { promotionCreate(input: $input) { userErrors { code message } } }',
    {
      input: {
        code,
        title: 'A code of the model',
        amountOff: { amount: (CODE_CENTS / 100).toFixed(2), currency: 'EUR' },
        usageLimit,
      },
    },
  );
  if (promotionCreate.userErrors.length > 0) throw new Error(JSON.stringify(promotionCreate.userErrors));
  return code;
}

async function timesUsed(staff: ApiClient, code: string): Promise<number> {
  const { promotions } = await staff.ask<{ promotions: { nodes: { code: string | null; timesUsed: number }[] } }>(
    '{ promotions(first: 100) { nodes { code timesUsed } } }',
  );
  return promotions.nodes.find((each) => each.code === code)?.timesUsed ?? Number.NaN;
}

async function availableOf(api: ApiClient, productId: string, variantId: string): Promise<number> {
  const { product } = await api.ask<{ product: ProductNode }>(
    'query($id: ID!) { product(id: $id) { variants(first: 100) { nodes { id availability { quantity } } } } }',
    { id: productId },
  );
  return product.variants.nodes.find(({ id }) => id === variantId)?.availability?.quantity ?? Number.NaN;
}

/** A guest's cart, ready to be ordered if it has lines. */
async function newCart(api: ApiClient, lines: readonly object[], codes: readonly string[]): Promise<string> {
  const { cartCreate } = await api.ask<{ cartCreate: { cart: { id: string } } }>(
    'mutation($input: CartCreateInput) { cartCreate(input: $input) { cart { id } } }',
    { input: { email: 'model@example.com', lines } },
  );
  const cartId = cartCreate.cart.id;
  if (codes.length > 0)
    await api.ask(
      'mutation($input: CartDiscountCodesUpdateInput!) { cartDiscountCodesUpdate(input: $input) { cart { id } } }',
      { input: { cartId, codes } },
    );
  const update =
    'mutation($input: CartDeliveryUpdateInput!) { cartDeliveryUpdate(input: $input) { cart { deliveryOptions { id } } } }';
  const { cartDeliveryUpdate } = await api.ask<{
    cartDeliveryUpdate: { cart: { deliveryOptions: { id: string }[] } };
  }>(update, { input: { cartId, address: ADDRESS } });
  await api.ask(update, { input: { cartId, deliveryOptionId: cartDeliveryUpdate.cart.deliveryOptions[0]!.id } });
  return cartId;
}
