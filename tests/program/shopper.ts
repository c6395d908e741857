import { randomUUID } from 'node:crypto';
import type { ApiClient } from './api-client.ts';

export interface UserError {
  code: string;
  message: string;
  path: string[] | null;
  available?: number | null;
}

export interface Cart {
  id: string;
  version: number;
  cost: { total: { amount: string; currency: string } };
  problems: { code: string }[];
  readyToPlace: boolean;
  deliveryOptions: { id: string; title: string }[] | null;
  lines: { id: string; quantity: number; variant: { id: string } | null }[];
}

export interface PlacedOrder {
  id: string;
  number: string;
  status: string;
  cost: { total: { amount: string } };
}

export interface Placing {
  order: PlacedOrder | null;
  accessToken: string | null;
  nextAction: { type: string; url: string } | null;
  userErrors: UserError[];
}

const CART =
  'id version cost { total { amount currency } } problems { code } readyToPlace deliveryOptions { id title } lines { id quantity variant { id } }';
const ERRORS = 'userErrors { code message path }';

export const ADDRESS = {
  name: 'Ada Lovelace',
  line1: 'Torstraße 1',
  city: 'Berlin',
  postalCode: '10119',
  country: 'DE',
};

/** Variants that can be bought, with what is left of each. */
export async function variantsInStock(api: ApiClient, atLeast = 20): Promise<{ id: string; quantity: number }[]> {
  const { products } = await api.ask<{
    products: { nodes: { variants: { nodes: { id: string; availability: { quantity: number } | null }[] } }[] };
  }>('{ products(first: 60) { nodes { variants(first: 20) { nodes { id availability { quantity } } } } } }');
  return products.nodes
    .flatMap(({ variants }) => variants.nodes)
    .flatMap(({ id, availability }) =>
      availability && availability.quantity >= atLeast ? [{ id, quantity: availability.quantity }] : [],
    );
}

/** A guest's cart with everything that placing needs. */
export async function fillCart(
  api: ApiClient,
  lines: { variantId: string; quantity: number }[],
  email = 'ada@example.com',
): Promise<Cart> {
  const { cartCreate } = await api.ask<{ cartCreate: { cart: Cart | null; userErrors: UserError[] } }>(
    `mutation($input: CartCreateInput) { cartCreate(input: $input) { cart { ${CART} } ${ERRORS} } }`,
    { input: { lines, email } },
  );
  if (!cartCreate.cart) throw new Error(JSON.stringify(cartCreate.userErrors));
  const addressed = await deliver(api, { cartId: cartCreate.cart.id, address: ADDRESS });
  const option = addressed.deliveryOptions?.[0];
  if (!option) throw new Error('No delivery option was offered.');
  return deliver(api, { cartId: addressed.id, deliveryOptionId: option.id });
}

async function deliver(api: ApiClient, input: object): Promise<Cart> {
  const { cartDeliveryUpdate } = await api.ask<{ cartDeliveryUpdate: { cart: Cart | null; userErrors: UserError[] } }>(
    `mutation($input: CartDeliveryUpdateInput!) { cartDeliveryUpdate(input: $input) { cart { ${CART} } ${ERRORS} } }`,
    { input },
  );
  if (!cartDeliveryUpdate.cart) throw new Error(JSON.stringify(cartDeliveryUpdate.userErrors));
  return cartDeliveryUpdate.cart;
}

export interface PlaceInput {
  cartId: string;
  idempotencyKey?: string;
  expectedTotal?: string;
  expectedVersion?: number;
  token?: string;
}

export async function place(
  api: ApiClient,
  { token = 'pm_card_visa', idempotencyKey = randomUUID(), ...input }: PlaceInput,
): Promise<Placing> {
  const { orderPlace } = await api.ask<{ orderPlace: Placing }>(
    `mutation($input: OrderPlaceInput!) { orderPlace(input: $input) {
      order { id number status cost { total { amount } } } accessToken nextAction { type url }
      userErrors { code message path available } } }`,
    { input: { ...input, idempotencyKey, payment: { token } } },
  );
  return orderPlace;
}

/** A whole purchase by a guest. */
export async function buy(
  api: ApiClient,
  lines: { variantId: string; quantity: number }[],
  email?: string,
): Promise<{ cart: Cart; order: PlacedOrder; accessToken: string }> {
  const cart = await fillCart(api, lines, email);
  const { order, accessToken, userErrors } = await place(api, {
    cartId: cart.id,
    expectedTotal: cart.cost.total.amount,
  });
  if (!order || !accessToken) throw new Error(JSON.stringify(userErrors));
  return { cart, order, accessToken };
}

export async function signIn(api: ApiClient, email: string, password = 'souk-demo-2026'): Promise<string> {
  const { sessionCreate } = await api.ask<{
    sessionCreate: { session: { accessToken: string } | null; userErrors: UserError[] };
  }>(
    'mutation($input: SessionCreateInput!) { sessionCreate(input: $input) { session { accessToken } userErrors { code message } } }',
    { input: { email, password } },
  );
  if (!sessionCreate.session) throw new Error(JSON.stringify(sessionCreate.userErrors));
  return sessionCreate.session.accessToken;
}

/** Every status that the subscription tells, until the order is DELIVERED, CANCELLED or RETURNED. */
export async function statusesOf(api: ApiClient, id: string, accessToken?: string): Promise<string[]> {
  const statuses: string[] = [];
  for await (const { data, errors } of api.follow<{ orderUpdated: { status: string } | null }>(
    'subscription($id: ID!, $accessToken: String) { orderUpdated(id: $id, accessToken: $accessToken) { status } }',
    { id, accessToken },
  )) {
    if (errors || !data?.orderUpdated) throw new Error(JSON.stringify(errors ?? 'null'));
    statuses.push(data.orderUpdated.status);
  }
  return statuses;
}
