import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { type FakeStripe, PUBLISHABLE_KEY, SECRET_KEY, startFakeStripe } from '#tests/fake-stripe/fake-stripe.ts';
import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { type Program, startProgram } from '#tests/program/program.ts';
import { fillCart, place, variantsInStock } from '#tests/program/shopper.ts';
import { findChromium, launchChromium } from './chromium.ts';
import { addToCart, fillAddress } from './shopping-page.ts';

const running = inject('running');
let fake: FakeStripe;
let databases: ProgramDatabases;
let program: Program;
let api: ApiClient;

beforeAll(async () => {
  const { postgresUrl, redisUrl, shape, filesDir, seed } = running;
  const from = { url: (name: string) => seed[`${name.toUpperCase()}_DATABASE_URL`]! } as ProgramDatabases;
  databases = await createProgramDatabases(postgresUrl, from);
  fake = await startFakeStripe();
  program = await startProgram({
    ...{ shape, databases, filesDir, web: true, redisUrl: redisUrl && `${redisUrl}/2` },
    env: {
      STRIPE_SECRET_KEY: SECRET_KEY,
      STRIPE_PUBLISHABLE_KEY: PUBLISHABLE_KEY,
      STRIPE_WEBHOOK_SECRET: fake.webhooks.sending.secret,
      STRIPE_API_URL: fake.url,
      STRIPE_SCRIPT_URL: `${fake.url}/stripe.js`,
      CARRIER_SPEED: '20',
    },
  });
  fake.webhooks.sending.url = `${program.routerUrl}/webhooks/payments/stripe`;
  api = apiClient(program.routerUrl);
});

afterAll(async () => {
  await fake?.stop();
  await program?.stop();
  await databases?.drop();
});

/** What Stripe holds for an order: never more than one intent. */
const intentsOf = (orderId: string) =>
  [...fake.books.intents.values()].filter(({ metadata }) => metadata.order_id === orderId);

async function placed(token: string) {
  const [variant] = await variantsInStock(api);
  const cart = await fillCart(api, [{ variantId: variant!.id, quantity: 1 }]);
  return { cart, ...(await place(api, { cartId: cart.id, token })) };
}

async function orderOf(id: string, accessToken: string | null) {
  type Order = { status: string; paymentStatus: string; payments: { status: string; provider: string }[] | null };
  const { order } = await api.ask<{ order: Order }>(
    'query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) { status paymentStatus payments { status provider } } }',
    { id, accessToken },
  );
  return order;
}

test('clients are told that Stripe takes the payment, and by which key', async () => {
  expect(await api.ask('{ shop { paymentProvider paymentPublishableKey } }')).toEqual({
    shop: { paymentProvider: 'stripe', paymentPublishableKey: PUBLISHABLE_KEY },
  });
});

test('a purchase is authorized, captured whole, and delivered; every webhook is taken', async () => {
  const { order, accessToken, cart } = await placed('pm_card_visa');
  expect(order?.status).toBe('CONFIRMED');
  await expect.poll(async () => (await orderOf(order!.id, accessToken)).status, { timeout: 40_000 }).toBe('DELIVERED');
  expect(await orderOf(order!.id, accessToken)).toMatchObject({
    ...{ paymentStatus: 'PAID', payments: [{ status: 'PAID', provider: 'stripe' }] },
  });
  const cents = Number(cart.cost.total.amount.replace('.', ''));
  expect(intentsOf(order!.id)).toMatchObject([{ status: 'succeeded', amount: cents, amount_received: cents }]);
  await fake.webhooks.settled();
  expect(fake.webhooks.answered.filter(({ status }) => status < 200 || status > 299)).toEqual([]);
});

test('18: the answer to the authorization is lost, and the shopper is charged once', async () => {
  fake.faults.add({ kind: 'drop', method: 'POST', path: '/payment_intents', times: 2 });
  const { order, userErrors, cart } = await placed('pm_card_visa');
  fake.faults.clear();
  expect({ userErrors, status: order?.status }).toEqual({ userErrors: [], status: 'CONFIRMED' });
  await expect.poll(() => intentsOf(order!.id)[0]?.status, { timeout: 20_000 }).toBe('succeeded');
  expect(intentsOf(order!.id)).toHaveLength(1);
  const orders = await databases.query('orders', 'SELECT id FROM orders WHERE cart_id = $1', [cart.id]);
  expect(orders).toEqual([{ id: order!.id }]);
});

test('the test provider is no way around Stripe', async () => {
  const [variant] = await variantsInStock(api);
  const cart = await fillCart(api, [{ variantId: variant!.id, quantity: 1 }]);
  const { orderPlace } = await api.ask<{ orderPlace: { order: unknown; userErrors: { code: string }[] } }>(
    'mutation($input: OrderPlaceInput!) { orderPlace(input: $input) { order { id } userErrors { code } } }',
    { input: { cartId: cart.id, idempotencyKey: cart.id, payment: { provider: 'test', token: 'pm_card_visa' } } },
  );
  expect(orderPlace).toMatchObject({ order: null, userErrors: [{ code: 'PAYMENT_DECLINED' }] });
});

test('without Stripe’s keys the storefront allows nothing of Stripe', async () => {
  const policiesOf = async (url: string) => {
    const { headers } = await fetch(url);
    return [headers.get('content-security-policy'), headers.get('permissions-policy')] as const;
  };
  const [content, permissions] = await policiesOf(running.webUrl);
  expect(content).toContain("frame-src 'none'");
  expect(content).not.toContain('stripe');
  expect(permissions).toContain('payment=()');
  const [withStripe, wallets] = await policiesOf(program.webUrl);
  expect(withStripe).toContain('https://hooks.stripe.com');
  expect(wallets).toContain('payment=(self "https://js.stripe.com")');
});

const executable = findChromium();
describe.skipIf(!executable)('in the storefront', () => {
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    browser = await launchChromium(executable!);
  });
  afterEach(() => context?.close());
  afterAll(() => browser?.close());

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`in ${colorScheme} colors: a card is typed into Stripe’s fields, and the order is confirmed`, async () => {
      const { page, complaints } = await openPayment({ width: 390, height: 844 }, colorScheme);
      await page.screenshot({ path: inProject(`tests/artifacts/stripe-${colorScheme}.png`), fullPage: true });
      await page.getByLabel('Card number').fill('4242 4242 4242 4242');
      await page.getByRole('button', { name: /^Place order/ }).click();
      await page.waitForURL('**/order/**');
      const status = page.getByRole('status').first();
      await expect.poll(() => status.textContent(), { timeout: 30_000 }).toMatch(/^(Confirmed|Preparing|Shipped)/);
      expect(complaints).toEqual([]);
    });
  }

  test('16: a card that is not complete, and one that is declined, are told at the payment; another one pays', async () => {
    const { page } = await openPayment({ width: 1280, height: 900 }, 'light');
    const pay = page.getByRole('button', { name: /^Place order/ });
    await pay.click();
    await expect.poll(() => page.getByRole('main').getByRole('alert').textContent()).toMatch(/incomplete/);
    await page.getByLabel('Card number').fill('4000000000000002');
    await pay.click();
    await expect
      .poll(() => page.getByRole('main').getByRole('alert').textContent(), { timeout: 15_000 })
      .toMatch(/declined/);
    await page.getByLabel('Card number').fill('4242424242424242');
    await pay.click();
    await page.waitForURL('**/order/**');
  });

  test('17: the bank’s window opens by itself over the order; approved, the order is confirmed', async () => {
    const { page } = await openPayment({ width: 1280, height: 900 }, 'light');
    await page.getByLabel('Card number').fill('4000000000003220');
    await page.getByRole('button', { name: /^Place order/ }).click();
    await page.waitForURL('**/order/**');
    await page.getByRole('button', { name: 'Complete' }).click();
    await expect
      .poll(() => page.getByRole('heading', { name: 'Your bank asks you to approve' }).count(), { timeout: 15_000 })
      .toBe(0);
    const orderId = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!);
    await expect.poll(() => intentsOf(orderId)[0]?.status, { timeout: 15_000 }).toBe('succeeded');
  });

  /** A cart with the payment step open, and what the page complains of. */
  async function openPayment(viewport: { width: number; height: number }, colorScheme: 'light' | 'dark') {
    context = await browser.newContext({ viewport, colorScheme });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(program.webUrl);
    await page.locator('a[href^="/products/"]').nth(2).click();
    await page.waitForURL('**/products/**');
    await addToCart(page);
    await page.goto(`${program.webUrl}/checkout`);
    await fillAddress(page);
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await page.getByLabel('Card number').waitFor();
    return { page, complaints };
  }
});
