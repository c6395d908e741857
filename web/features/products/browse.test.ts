import { expect, test } from 'vitest';
import { browseHref, readBrowse } from './browse.ts';

test('an address is read and written alike', () => {
  const browse = readBrowse({ q: ' cup & saucer ', sort: 'PRICE_ASC', after: 'abc' });
  expect(browse).toEqual({ query: 'cup & saucer', sort: 'PRICE_ASC', after: 'abc' });
  expect(browseHref('/products', browse)).toBe('/products?q=cup+%26+saucer&sort=PRICE_ASC&after=abc');
});

test('what makes no sense is left out', () => {
  expect(readBrowse({ q: '  ', sort: 'DROP TABLE', after: undefined })).toEqual({});
  expect(readBrowse({ q: ['first', 'second'] })).toEqual({ query: 'first' });
  expect(browseHref('/products', {})).toBe('/products');
});
