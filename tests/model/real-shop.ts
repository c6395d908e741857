import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { ADDRESS, place, signIn } from '#tests/program/shopper.ts';
import type { Command, Shop } from './shop-model.ts';

/** The shop in truth: runs the model's commands over GraphQL and says what it was told, in the model's words. */
export interface RealShop {
  /** New carts, and stock as the model has it. */
  begin(shop: Shop): Promise<void>;
  run(command: Command): Promise<string>;
  /** What can be seen: what is left of each variant, and how much each cart holds. */
  look(): Promise<Looks>;
}

export interface Looks {
  readonly available: Readonly<Record<string, number>>;
  readonly quantities: Readonly<Record<string, number>>;
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
  const orders = new Map<string, { id: string; accessToken: string }>();

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
        if (order && accessToken) orders.set(cart, { id: order.id, accessToken });
        // As an app does: the same again, until there is an answer.
        if (userErrors[0]?.code !== 'BUSY') return userErrors[0]?.code ?? 'ok';
      }
    },
    async cancel({ cart }: Command & { kind: 'cancel' }) {
      const order = orders.get(cart);
      if (!order) return 'no order';
      const { orderCancel } = await api.ask<{ orderCancel: Coded }>(
        'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code } } }',
        { input: { orderId: order.id, accessToken: order.accessToken } },
      );
      return orderCancel.userErrors[0]?.code ?? 'ok';
    },
    stockSet: async ({ variant, onHand }: Command & { kind: 'stockSet' }) =>
      (await setStock(variant, onHand + heldBefore.get(variant)!)).told,
  };

  return {
    async begin({ stock, carts: wanted }) {
      orders.clear();
      carts = new Map(await Promise.all(Object.keys(wanted).map(async (name) => [name, await newCart(api)] as const)));
      for (const [variant, { onHand }] of Object.entries(stock)) {
        const { reserved } = await setStock(variant, PLENTY);
        heldBefore.set(variant, reserved);
        await setStock(variant, onHand + reserved);
      }
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
      return { available: Object.fromEntries(available), quantities: Object.fromEntries(quantities) };
    },
  };
}

const PLENTY = 1_000_000;

interface ProductNode {
  id: string;
  variants: { nodes: { id: string; availability: { quantity: number } | null }[] };
}

async function someVariants(api: ApiClient, names: readonly string[]) {
  const { products } = await api.ask<{ products: { nodes: ProductNode[] } }>(
    '{ products(first: 60) { nodes { id variants(first: 1) { nodes { id availability { quantity } } } } } }',
  );
  const found = products.nodes.filter(({ variants }) => (variants.nodes[0]?.availability?.quantity ?? 0) > 20);
  return new Map(names.map((name, i) => [name, { id: found[i]!.variants.nodes[0]!.id, productId: found[i]!.id }]));
}

async function availableOf(api: ApiClient, productId: string, variantId: string): Promise<number> {
  const { product } = await api.ask<{ product: ProductNode }>(
    'query($id: ID!) { product(id: $id) { variants(first: 100) { nodes { id availability { quantity } } } } }',
    { id: productId },
  );
  return product.variants.nodes.find(({ id }) => id === variantId)?.availability?.quantity ?? Number.NaN;
}

/** A guest's cart without lines, ready to be ordered but for that. */
async function newCart(api: ApiClient): Promise<string> {
  const { cartCreate } = await api.ask<{ cartCreate: { cart: { id: string } } }>(
    'mutation($input: CartCreateInput) { cartCreate(input: $input) { cart { id } } }',
    { input: { email: 'model@example.com' } },
  );
  const cartId = cartCreate.cart.id;
  const update =
    'mutation($input: CartDeliveryUpdateInput!) { cartDeliveryUpdate(input: $input) { cart { deliveryOptions { id } } } }';
  const { cartDeliveryUpdate } = await api.ask<{
    cartDeliveryUpdate: { cart: { deliveryOptions: { id: string }[] } };
  }>(update, { input: { cartId, address: ADDRESS } });
  await api.ask(update, { input: { cartId, deliveryOptionId: cartDeliveryUpdate.cart.deliveryOptions[0]!.id } });
  return cartId;
}
