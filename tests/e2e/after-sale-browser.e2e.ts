import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { apiClient } from '#tests/program/api-client.ts';
import { buy, signIn, statusesOf, variantsInStock } from '#tests/program/shopper.ts';
import { findChromium, launchChromium } from './chromium.ts';

const { webUrl, routerUrl } = inject('running');
const executable = findChromium();
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };
let browser: Browser;

describe.skipIf(!executable)('after the sale, in the storefront', () => {
  beforeAll(async () => {
    browser = await launchChromium(executable!);
  });
  afterAll(() => browser?.close());

  test('27: of a delivered order one thing is sent back, asked for once; each state is told until it is paid back', async () => {
    const guest = apiClient(routerUrl);
    const staff = apiClient(routerUrl, await signIn(guest, 'admin@souk.test'));
    const [cup, rug] = await variantsInStock(guest);
    const { order, accessToken } = await buy(guest, [
      { variantId: cup!.id, quantity: 2 },
      { variantId: rug!.id, quantity: 1 },
    ]);
    expect((await statusesOf(guest, order.id, accessToken)).at(-1)).toBe('DELIVERED');
    const context = await browser.newContext({ viewport: PHONE, colorScheme: 'light' });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    const look = async (name: string) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const [size, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
          await page.setViewportSize(viewport);
          await page.screenshot({
            path: inProject(`tests/artifacts/${name}-${size}-${colorScheme}.png`),
            fullPage: true,
          });
        }
      }
    };
    const told = page.getByTestId('return');
    const units = page.locator('select[name^="units "]');
    const send = page.getByRole('button', { name: 'Ask to return' });

    await page.goto(`${webUrl}/order/${order.id}?token=${accessToken}`);
    await page.getByText('Return something').first().click();
    const labels = await page.locator('label[for^="units "]').allTextContents();
    expect(new Set(labels).size).toBe(2);
    await send.click();
    await page.getByText('Choose at least one thing to send back.').waitFor();
    await units.first().selectOption('1');
    await page.getByLabel('Why').selectOption('It arrived damaged');
    await look('return-form');
    await send.click();
    await told.getByText('Asked for').waitFor();
    expect(await told.count()).toBe(1);
    await look('return-requested');

    // What was sent back is no longer offered.
    await page.getByText('Return something').first().click();
    expect(await units.first().locator('option').count()).toBe(2);

    const { order: seen } = await guest.ask<{ order: { returns: { id: string; reason: string }[] } }>(
      'query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) { returns { id reason } } }',
      { id: order.id, accessToken },
    );
    expect(seen.returns).toEqual([{ id: expect.any(String), reason: 'It arrived damaged' }]);
    const returnId = seen.returns[0]!.id;
    const steps = [
      ['returnApprove', { returnId }, 'Approved'],
      ['returnReceive', { returnId, restock: true }, 'Arrived'],
      ['returnRefund', { returnId }, 'Paid back'],
    ] as const;
    for (const [field, input, words] of steps) {
      const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input!`;
      await staff.ask(`mutation($input: ${type}) { ${field}(input: $input) { userErrors { code } } }`, { input });
      await page.reload();
      await told.getByText(words, { exact: true }).waitFor();
    }
    await page.getByText('Return requested: 1 item').waitFor();
    await look('return-refunded');
    expect(problems).toEqual([]);
    await context.close();
  });
});
