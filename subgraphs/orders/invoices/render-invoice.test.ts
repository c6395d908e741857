import { expect, test } from 'vitest';
import type { InvoiceContent } from './invoice-content.ts';
import { renderInvoice } from './render-invoice.ts';

const ADDRESS = { name: 'Ada Lovelace', line1: 'Torstraße 1', postalCode: '10119', city: 'Berlin', country: 'DE' };

function contentOf(...titles: string[]): InvoiceContent {
  return {
    ...{ kind: 'INVOICE', seller: { shop: 'Souk', address: ['Souk Demo Ltd'], taxId: null } },
    ...{ billingAddress: { ...ADDRESS, name: titles[0] ?? ADDRESS.name }, deliveryAddress: ADDRESS },
    ...{ email: 'ada@example.com', orderNumber: 'S-100001', orderedAt: '2026-11-20T00:00:00Z', paidAt: null },
    ...{ currency: 'EUR', sums: [], total: '1.00', taxIncluded: true, taxes: [], corrects: null, reason: null },
    lines: titles.map((title) => ({ title, detail: title, quantity: 1, unitPrice: '1.00', total: '1.00' })),
  };
}

const render = (content: InvoiceContent) =>
  renderInvoice({ id: 'inv_1', number: 'INV-2026-000001', issued_at: new Date('2026-11-21'), content } as never);

/** The fonts of a PDF, each of which has but the glyphs that are used. */
const fontsOf = (pdf: Buffer): string[] =>
  [
    ...new Set([...pdf.toString('latin1').matchAll(/\/BaseFont \/[A-Z]{6}\+([\w-]+)/g)].map(([, name]) => name!)),
  ].sort();

test('an invoice in Latin letters has the fonts of the shop alone', async () => {
  expect(
    fontsOf(await render(contentOf('Große Tasse', 'Šálek', 'Çay bardağı'))).filter((name) => name.startsWith('noto-')),
  ).toEqual([]);
});

test('names and titles of any of these scripts come with their own letters, in both weights, always the same bytes', async () => {
  const content = contentOf('Ελληνικό κύπελλο', 'Чашка', 'كوب شاي (كبير)', 'ספל גדול', '陶瓷茶杯', '찻잔 세트');
  const pdf = await render(content);
  expect(fontsOf(pdf)).toEqual(
    expect.arrayContaining(
      [400, 600].flatMap((weight) =>
        ['greek', 'cyrillic', 'arabic-arabic', 'hebrew-hebrew', 'sc-109', 'kr-118'].map(
          (file) => `noto-sans-${file}-${weight}`,
        ),
      ),
    ),
  );
  expect(pdf.length).toBeLessThan(150_000);
  expect(await render(content)).toEqual(pdf);
});

test('44: letters that no font has, marks, joiners and unpaired halves throw nothing', async () => {
  for (const title of [
    'ถ้วยชา 😀',
    '\u200f\u200dא\u202e',
    '\ud83d',
    'e\u0301\u0323'.repeat(50),
    'شارع'.repeat(40),
    '茶'.repeat(150),
  ])
    expect((await render(contentOf(title))).subarray(0, 5).toString()).toBe('%PDF-');
});
