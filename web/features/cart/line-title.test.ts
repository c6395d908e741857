import { expect, test } from 'vitest';
import { lineTitle } from './line-title.ts';

const lamp = (titleLocale: string, title: string) => ({ title: 'Lamp', variant: { product: { title, titleLocale } } });

test('a line is called as its product is in the shopper’s language, else as the cart has it', () => {
  expect(lineTitle(lamp('de', 'Lampe'))).toEqual({ title: 'Lampe', titleLocale: 'de' });
  // The cart's may be the variant's own.
  expect(lineTitle(lamp('en', 'Lamps'))).toEqual({ title: 'Lamp', titleLocale: 'en' });
  expect(lineTitle({ title: 'Lamp', variant: null })).toEqual({ title: 'Lamp', titleLocale: 'en' });
});
