import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { ADDRESS } from '#tests/program/shopper.ts';
import { cancel, DEEDS, type Deed, edit, refund, type Sale, sendBack } from './after-sale.ts';
import { answerBank } from './bank.ts';
import type { CartStep } from './histories.ts';
import type { Random } from './random.ts';
import { attempt, count, type Told } from './told.ts';

const TOKENS = {
  pm_card_visa: 16,
  pm_card_chargeDeclined: 3,
  pm_card_threeDSecure2Required: 2,
} as const;

interface Shop {
  readonly routerUrl: string;
  readonly variants: readonly string[];
  readonly staffToken: string;
  /** What most do in this round after they bought: what a fault waits for. */
  readonly favored: Deed | null;
}

const FAVORED = 15;
const AFTER: Readonly<Record<Exclude<Deed, 'follow'>, (sale: Sale) => Promise<void>>> = {
  ...{ cancel, refund, edit, return: sendBack },
  leave: () => Promise.resolve(),
};

/** When the round closes: shoppers begin nothing after it. */
export interface Opening {
  closesAt: number;
}

/** One client, from now until the round closes: it buys, repeats itself, changes its mind, reads, and notes what it sees. */
export async function shop(
  { routerUrl, variants, staffToken, favored }: Shop,
  random: Random,
  open: Opening,
  told: Told,
) {
  const api = apiClient(routerUrl);
  const staff = apiClient(routerUrl, staffToken);
  while (Date.now() < open.closesAt) {
    const variantId = random.pick(variants);
    const cart = await fill(api, random, variantId, told);
    if (!cart) {
      await sleep(100);
      continue;
    }
    const key = randomUUID();
    const token = random.weighted(TOKENS);
    const twice = random.chance(0.3);
    const [order] = await Promise.all([
      buy(api, cart, key, token, told, open),
      twice ? buy(api, cart, key, token, told, open) : null,
    ]);
    if (!order) continue;
    const deed = random.weighted(favored ? { ...DEEDS, [favored]: FAVORED } : DEEDS);
    if (deed === 'follow') void follow(api, order, told);
    else await AFTER[deed]({ ...order, shopper: api, staff, variants, random, told });
    await read(api, order, told);
  }
}

/** A cart with an address; additions may go unanswered and are then neither known nor unknown to have happened. */
async function fill(api: ApiClient, random: Random, variantId: string, told: Told): Promise<string | null> {
  const created = await attempt<{ cartCreate: { cart: { id: string } | null } }>(
    api,
    'mutation($input: CartCreateInput) { cartCreate(input: $input) { cart { id } } }',
    { input: { email: 'fault@example.com' } },
    told,
  );
  const cartId = created?.cartCreate.cart?.id;
  if (!cartId) return null;
  const steps: CartStep[] = [];
  told.carts.push({ cartId, variantId, steps });
  const add = async (quantity: number) => {
    const answer = await attempt<{ cartLinesAdd: { cart: object | null; userErrors: object[] } }>(
      api,
      'mutation($input: CartLinesAddInput!) { cartLinesAdd(input: $input) { cart { id } userErrors { code } } }',
      { input: { cartId, lines: [{ variantId, quantity }] } },
      told,
    );
    const outcome = !answer ? 'unknown' : answer.cartLinesAdd.userErrors.length > 0 ? 'refused' : 'known';
    steps.push({ kind: 'added', quantity, outcome });
  };
  await Promise.all(Array.from({ length: random.int(1, 3) }, () => add(1)));
  const update = async (input: object) =>
    attempt<{
      cartDeliveryUpdate: { cart: { deliveryOptions: { id: string }[] | null; totalQuantity: number } | null };
    }>(
      api,
      'mutation($input: CartDeliveryUpdateInput!) { cartDeliveryUpdate(input: $input) { cart { totalQuantity deliveryOptions { id } } } }',
      { input: { cartId, ...input } },
      told,
    );
  const addressed = (await update({ address: ADDRESS }))?.cartDeliveryUpdate.cart;
  const option = addressed?.deliveryOptions?.[0]?.id;
  // Nothing to buy: what it was to hold was unanswered.
  if (!addressed?.totalQuantity || !option) return null;
  steps.push({ kind: 'read', quantity: addressed.totalQuantity });
  return (await update({ deliveryOptionId: option }))?.cartDeliveryUpdate.cart ? cartId : null;
}

interface Bought {
  readonly id: string;
  readonly accessToken: string;
  readonly status: string;
}

const PLACE = `mutation($input: OrderPlaceInput!) { orderPlace(input: $input) {
  order { id version status } accessToken nextAction { url } userErrors { code retryAfterSeconds } } }`;

interface Placed {
  orderPlace: {
    order: { id: string; version: number; status: string } | null;
    accessToken: string | null;
    nextAction: { url: string } | null;
    userErrors: { code: string; retryAfterSeconds: number | null }[];
  };
}

/** Asks with one key until there is an answer, as an app does. */
async function buy(api: ApiClient, cartId: string, key: string, token: string, told: Told, open: Opening) {
  const input = { cartId, idempotencyKey: key, payment: { token } };
  do {
    const from = performance.now();
    const answer = (await attempt<Placed>(api, PLACE, { input }, told))?.orderPlace;
    const refusal = answer?.userErrors[0]?.code;
    if (answer?.order && answer.accessToken) {
      const { id, version, status } = answer.order;
      told.decided++;
      told.answers.push({ cartId, key, orderId: id, status });
      told.seen.push({ orderId: id, version, status, from, to: performance.now() });
      count(told, status === 'PENDING_PAYMENT' ? 'waiting' : 'placed');
      if (answer.nextAction) await challenge(api, answer.nextAction.url, id, answer.accessToken, told);
      return { id, accessToken: answer.accessToken, status } satisfies Bought;
    }
    if (refusal && refusal !== 'BUSY') {
      told.decided++;
      count(told, refusal);
      return null;
    }
    count(told, refusal ?? 'unanswered');
    await sleep(150);
  } while (Date.now() < open.closesAt + 2_000);
  return null;
}

/** Beyond the time that an order waits, as QUICK sets it, or almost. */
const LATE_MS = 3_800;

/** The bank's page: refused, approved at once, or approved at the moment when nobody waits for it any more, each in turn. */
async function challenge(api: ApiClient, url: string, orderId: string, accessToken: string, told: Told) {
  // Left alone, such an order is cancelled when its time is over.
  told.cancelled.add(orderId);
  const turn = told.counts.waiting! % 3;
  const answered = answerBank(url, turn === 0 ? 'refuse' : 'approve', turn === 2 ? LATE_MS : 0);
  if (turn === 2) return;
  await answered;
  await attempt(
    api,
    'mutation($input: OrderPaymentConfirmInput!) { orderPaymentConfirm(input: $input) { order { id } userErrors { code } } }',
    { input: { orderId, accessToken } },
    told,
  );
}

async function read(api: ApiClient, { id, accessToken }: Bought, told: Told) {
  for (let i = 0; i < 3; i++) {
    const from = performance.now();
    const answer = await attempt<{ order: { version: number; status: string } | null }>(
      api,
      'query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) { version status } }',
      { id, accessToken },
      told,
    );
    if (answer?.order) told.seen.push({ orderId: id, ...answer.order, from, to: performance.now() });
    await sleep(30);
  }
}

/** An event was true at some moment after the one before it was heard. */
async function follow(api: ApiClient, { id, accessToken }: Bought, told: Told) {
  let from = performance.now();
  try {
    for await (const { data } of api.follow<{ orderUpdated: { version: number; status: string } | null }>(
      'subscription($id: ID!, $accessToken: String) { orderUpdated(id: $id, accessToken: $accessToken) { version status } }',
      { id, accessToken },
    )) {
      const to = performance.now();
      if (data?.orderUpdated) told.seen.push({ orderId: id, ...data.orderUpdated, from, to });
      from = to;
    }
    count(told, 'followed to the end');
  } catch {
    count(told, 'subscription broke off');
  }
}
