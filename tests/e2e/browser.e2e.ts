import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { apiClient } from '#tests/program/api-client.ts';
import { buy, statusesOf, variantsInStock } from '#tests/program/shopper.ts';
import { findChromium, launchChromium } from './chromium.ts';
import { addToCart, fillAddress } from './shopping-page.ts';

const { webUrl, routerUrl } = inject('running');
const executable = findChromium();
let browser: Browser;
let context: BrowserContext;

const SIZES = { desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const WAY = ['Confirmed', 'Preparing', 'Shipped', 'Out for delivery', 'Delivered'];

describe.skipIf(!executable)('the storefront', () => {
  beforeAll(async () => {
    browser = await launchChromium(executable!);
  });
  afterEach(() => context?.close());
  afterAll(() => browser?.close());

  for (const [name, viewport] of Object.entries(SIZES)) {
    test(`on a ${name}: a shopper finds a product, buys it as a guest, and watches it to delivered`, async () => {
      const page = await open(viewport);
      const problems = complaintsOf(page);
      await page.goto(webUrl);
      await page.getByRole('link', { name: /\w/ }).and(page.locator('a[href^="/products/"]')).first().click();
      await page.waitForURL('**/products/**');
      const title = (await page.getByRole('heading', { level: 1 }).textContent())!.trim();

      await addToCart(page);
      await page.goto(`${webUrl}/cart`);
      await expect.poll(() => page.getByRole('main').getByText(title).first().isVisible()).toBe(true);
      await page.getByRole('link', { name: 'Checkout' }).first().click();

      await fillAddress(page);
      await page.getByRole('button', { name: 'Continue to delivery' }).click();
      await page.getByRole('radio').first().check();
      await page.getByRole('button', { name: 'Continue to payment' }).click();
      await page.getByRole('radio', { name: /pays at once/i }).check();
      await page.getByRole('button', { name: /^Place order/ }).click();
      await page.waitForURL('**/order/**');

      const seen = new Set<string>();
      const status = page.getByRole('status').first();
      for (
        const end = Date.now() + 40_000;
        Date.now() < end && !seen.has('Delivered');
        await page.waitForTimeout(100)
      ) {
        const text = (await status.textContent())?.trim() ?? '';
        const step = WAY.find((each) => text.toLowerCase().startsWith(each.toLowerCase()));
        if (step) seen.add(step);
      }
      expect([...seen].at(-1)).toBe('Delivered');
      expect(seen.size).toBeGreaterThanOrEqual(3);
      expect([...seen]).toEqual(WAY.filter((step) => seen.has(step)));
      await page.screenshot({ path: inProject(`tests/artifacts/order-${name}.png`), fullPage: true });
      expect(problems).toEqual([]);
    });
  }

  test('24: a guest who lost the link finds the order by number and e-mail, once a link, and its invoice', async () => {
    const api = apiClient(routerUrl);
    const email = 'lost@example.com';
    const [variant] = await variantsInStock(api);
    const { order, accessToken } = await buy(api, [{ variantId: variant!.id, quantity: 1 }], email);
    await statusesOf(api, order.id, accessToken);
    const page = await open(SIZES.phone);
    const problems = complaintsOf(page);

    await page.goto(`${webUrl}/orders/find`);
    await page.getByLabel('Order number').fill(order.number.toLowerCase());
    await page.getByLabel('E-mail').fill(email);
    await page.screenshot({ path: inProject('tests/artifacts/find-order-phone.png'), fullPage: true });
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText('a link to it is on its way there').waitFor();

    let link = '';
    await expect
      .poll(async () => {
        const mails = (await (await fetch(`${routerUrl}/dev/mail.json`)).json()) as { to: string; text: string }[];
        link =
          mails.flatMap(({ to, text }) =>
            to === email ? (/https?:\/\/\S+\/orders\/lookup\S+/.exec(text) ?? []) : [],
          )[0] ?? '';
        return link;
      })
      .not.toBe('');
    await page.goto(link);
    await page.getByRole('button', { name: 'Show my order' }).click();
    await page.waitForURL(`**/order/${order.id}`);
    await page.getByText(order.number).first().waitFor();
    await page.screenshot({ path: inProject('tests/artifacts/found-order-phone.png'), fullPage: true });

    const invoice = await page.request.get(
      new URL((await page.getByRole('link', { name: 'Invoice as PDF' }).getAttribute('href'))!, webUrl).href,
    );
    expect([invoice.status(), invoice.headers()['content-type']]).toEqual([200, 'application/pdf']);
    expect((await invoice.body()).subarray(0, 5).toString()).toBe('%PDF-');

    await page.goto(link);
    await page.getByRole('button', { name: 'Show my order' }).click();
    await page.getByText('This link is too old or was used already').waitFor();
    expect(problems).toEqual([]);
  });

  test('a discount code makes a cart cheaper; a declined card is told at the payment, and another card then pays', async () => {
    const page = await open(SIZES.desk);
    await page.goto(webUrl);
    await page.locator('a[href^="/products/"]').nth(3).click();
    await page.waitForURL('**/products/**');
    await addToCart(page);
    await page.goto(`${webUrl}/cart`);
    const tryCode = async (code: string) => {
      await page.getByRole('textbox', { name: 'Discount code' }).fill(code);
      await page.getByRole('button', { name: 'Apply' }).click();
    };
    await tryCode('NOPE');
    await page.getByText('We do not know this code.').waitFor();
    await tryCode('welcome10');
    await page.getByRole('button', { name: 'Remove the code WELCOME10' }).waitFor();
    await page.screenshot({ path: inProject('tests/artifacts/cart-with-code.png'), fullPage: true });
    await page.goto(`${webUrl}/checkout`);
    await fillAddress(page);
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await page.getByRole('radio', { name: /is declined/i }).check();
    await page.getByRole('button', { name: /^Place order/ }).click();
    await expect.poll(() => page.getByText(/declined/i).count(), { timeout: 10_000 }).toBeGreaterThan(1);
    await page.getByRole('radio', { name: /pays at once/i }).check();
    await page.getByRole('button', { name: /^Place order/ }).click();
    await page.waitForURL('**/order/**');
    await page.getByText('Discount', { exact: true }).first().waitFor();
  });

  test('somebody signed in keeps a product for later, says what it is like, and others read it', async () => {
    const page = await open(SIZES.phone);
    await page.goto(`${webUrl}/products`);
    const path = (await page.locator('a[href^="/products/"]').nth(5).getAttribute('href'))!;
    await page.goto(webUrl + path);
    await page.getByRole('link', { name: 'Sign in to keep it for later' }).click();
    await page.getByLabel('E-mail').fill('shopper@souk.test');
    await page.getByLabel('Password').fill('souk-demo-2026');
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`**${path}`);
    await page.getByRole('button', { name: 'Keep it for later' }).click();
    await page.getByRole('button', { name: 'On your wishlist' }).waitFor();
    await page.getByText('Write a review').click();
    await page.getByRole('radio', { name: '4 of 5 stars' }).check({ force: true });
    await page.getByLabel('What should others know?').fill('It stands on my table since May.');
    await page.getByRole('button', { name: 'Send the review' }).click();
    await page.getByText('Thank you. Others can read it now.').waitFor();
    const title = (await page.getByRole('heading', { level: 1 }).textContent())!.trim();
    await page.goto(`${webUrl}/account`);
    await page.getByRole('region', { name: 'Kept for later' }).getByRole('link', { name: title }).waitFor();

    await context.close();
    const other = await open(SIZES.desk);
    await other.goto(webUrl + path);
    await other.getByText('It stands on my table since May.').waitFor();
    expect(await other.getByText('Salma H.').count()).toBe(1);
  });

  test('the playground answers a query with no outside request', async () => {
    const page = await open(SIZES.desk);
    const outside: string[] = [];
    page.on('request', (request) => {
      const { host } = new URL(request.url());
      if (/^https?:/.test(request.url()) && host !== new URL(routerUrl).host) outside.push(request.url());
    });
    await page.goto(`${routerUrl}/`);
    await expect.poll(() => page.locator('.graphiql-query-editor .view-lines').first().textContent()).toMatch(/\w/);
    await page.getByRole('button', { name: /execute/i }).click();
    await expect.poll(() => page.locator('.result-window').textContent(), { timeout: 15_000 }).toContain('"data"');
    expect(outside).toEqual([]);
  });
});

async function open(viewport: { width: number; height: number }): Promise<Page> {
  context = await browser.newContext({ viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

/** What a page complains of: script errors and failed requests of its own. */
function complaintsOf(page: Page): string[] {
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(message.text());
  });
  return found;
}
