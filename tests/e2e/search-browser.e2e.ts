import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { findChromium, launchChromium } from './chromium.ts';

const { webUrl } = inject('running');
const executable = findChromium();
let browser: Browser;
let context: BrowserContext;

describe.skipIf(!executable)('searching in the storefront', () => {
  beforeAll(async () => {
    browser = await launchChromium(executable!);
  });
  afterEach(() => context?.close());
  afterAll(() => browser?.close());

  const open = async (options: { javaScriptEnabled?: boolean } = {}): Promise<Page> => {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    return context.newPage();
  };
  const count = async (page: Page) => Number.parseInt((await page.getByText(/^\d+ things?$/).textContent()) ?? '', 10);

  test('a mistyped word is mended while it is typed, and chosen by keys alone', async () => {
    const page = await open();
    await page.goto(webUrl, { waitUntil: 'networkidle' });
    const field = page.getByRole('combobox', { name: 'Search the market' });
    await field.pressSequentially('lmap');
    const lamp = page.getByRole('option', { name: 'lamp', exact: true });
    await lamp.waitFor();
    expect(await field.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    expect(await field.getAttribute('aria-activedescendant')).toBe(await lamp.getAttribute('id'));
    await page.keyboard.press('Escape');
    expect(await field.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/products?q=lamp');
    await page.getByRole('heading', { level: 1, name: '“lamp”' }).waitFor();
  });

  test('a filter shows as many as it said, and can be taken back', async () => {
    const page = await open();
    await page.goto(`${webUrl}/products`, { waitUntil: 'networkidle' });
    const all = await count(page);
    await page.locator('summary', { hasText: 'Color' }).click();
    const indigo = page.locator('label', { hasText: /^Indigo/ });
    const said = Number(/\d+$/.exec((await indigo.textContent()) ?? '')?.[0]);
    await indigo.click();
    await page.waitForURL('**/products?*is.Color=Indigo*');
    await expect.poll(() => count(page)).toBe(said);
    expect(said).toBeLessThan(all);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Without Indigo' }).click();
    await expect.poll(() => count(page)).toBe(all);
  });

  test('goods are read and searched in the language that is chosen below, and say which it is', async () => {
    const page = await open();
    await page.goto(`${webUrl}/products/snake-plant`, { waitUntil: 'networkidle' });
    const title = page.getByRole('heading', { level: 1 }).locator('span');
    const read = async (language: string, expected: string) => {
      await page.getByLabel('Goods in').selectOption(language);
      await expect.poll(() => title.textContent()).toBe(expected);
    };
    await read('de', 'Bogenhanf');
    expect(await title.getAttribute('lang')).toBe('de');
    expect(await page.title()).toBe('Bogenhanf · Souk');
    await read('ar', 'نبتة الثعبان');
    const directionOf = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).direction`);
    expect(await directionOf('div[lang=ar]')).toBe('rtl');
    expect(await directionOf('body')).toBe('ltr');
    await page.getByRole('combobox', { name: 'Search the market' }).pressSequentially('فانو');
    await page.getByRole('option', { name: 'فانوس من ورق النهر' }).waitFor();
    await page.keyboard.press('Escape');
    await read('en', 'Snake plant');
    expect(await title.getAttribute('lang')).toBeNull();
  });

  test('without scripts the filters are a form', async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(`${webUrl}/products?sort=TITLE`);
    await page.locator('summary', { hasText: 'Color' }).click();
    await page.locator('label', { hasText: /^Indigo/ }).click();
    await page.getByRole('button', { name: 'Show what fits' }).click();
    await page.waitForURL('**is.Color=Indigo**');
    expect(page.url()).toContain('sort=TITLE');
  });
});
