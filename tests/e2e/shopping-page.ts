import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** On a product's page; done when the cart has it. */
export async function addToCart(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Add to cart' });
  await expect.poll(() => button.isEnabled(), { timeout: 15_000 }).toBe(true);
  // The page posts what is looked at too.
  const answered = page.waitForResponse((response) => 'next-action' in response.request().headers());
  await button.click();
  await answered;
}

/** The first step of the checkout. */
export async function fillAddress(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill('grace@example.com');
  await page.getByLabel('Full name').fill('Grace Hopper');
  await page.getByLabel('Street and number').fill('Torstraße 1');
  await page.getByLabel('City').fill('Berlin');
  await page.getByLabel('Postal code').fill('10119');
  await page.getByLabel('Country').selectOption('DE');
}
