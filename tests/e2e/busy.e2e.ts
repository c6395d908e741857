import pg from 'pg';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { apiClient } from '#tests/program/api-client.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { type Program, startProgram } from '#tests/program/program.ts';
import { fillCart, place, variantsInStock } from '#tests/program/shopper.ts';
import { findChromium, launchChromium } from './chromium.ts';
import { addToCart, fillAddress } from './shopping-page.ts';

const executable = findChromium();
let databases: ProgramDatabases;
let program: Program;
let orders: pg.Pool;
let browser: Browser;
let context: BrowserContext;

describe.skipIf(!executable)('a shop whose jobs lag behind', () => {
  beforeAll(async () => {
    const { postgresUrl, redisUrl, shape, filesDir, seed } = inject('running');
    const from = { url: (name: string) => seed[`${name.toUpperCase()}_DATABASE_URL`]! } as ProgramDatabases;
    databases = await createProgramDatabases(postgresUrl, from);
    program = await startProgram({
      ...{ shape, databases, filesDir, web: true, redisUrl: redisUrl && `${redisUrl}/9` },
      env: { EVENT_BACKLOG_MOST: '1', BACKLOG_LOOK_MS: '10' },
    });
    orders = new pg.Pool({ connectionString: databases.url('orders'), max: 1 });
    browser = await launchChromium(executable!);
  });
  afterAll(async () => {
    await context?.close();
    await browser?.close();
    await orders?.end();
    await program?.stop();
    await databases?.drop();
  });

  test('tells the shopper how long, tries again by itself, and takes the order once', async () => {
    context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(program.webUrl);
    await page.locator('a[href^="/products/"]').nth(2).click();
    await page.waitForURL('**/products/**');
    await addToCart(page);
    await page.goto(`${program.webUrl}/checkout`);
    await fillAddress(page);
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await page.getByRole('radio', { name: /pays at once/i }).check();

    // An event that its consumer has, and has not done with.
    await orders.query(
      "INSERT INTO outbox (id, topic, consumer, payload, added_at) VALUES ('evt_lagging', 'orders.order-confirmed.v1', 'payments-capture', '{}', now() + interval '1 hour')",
    );
    await untilBusy();
    await page.getByRole('button', { name: /^Place order/ }).click();
    await page.getByText('Many people are buying just now. We try again by ourselves').waitFor();
    await page.screenshot({ path: inProject('tests/artifacts/busy-phone.png'), fullPage: true });
    await orders.query("DELETE FROM outbox WHERE id = 'evt_lagging'");
    await page.waitForURL('**/order/**', { timeout: 30_000 });
    const { rows } = await orders.query("SELECT 1 FROM orders WHERE email = 'grace@example.com'");
    expect(rows).toHaveLength(1);
  }, 90_000);
});

/** The backlog is counted when somebody orders: the first of them may still come through. */
async function untilBusy(): Promise<void> {
  const api = apiClient(program.routerUrl);
  const [variant] = await variantsInStock(api);
  await expect
    .poll(
      async () => {
        const cart = await fillCart(api, [{ variantId: variant!.id, quantity: 1 }], 'else@example.com');
        return (await place(api, { cartId: cart.id })).userErrors[0]?.code;
      },
      { timeout: 15_000 },
    )
    .toBe('BUSY');
}
