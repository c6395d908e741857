import { expect, test } from 'vitest';
import { browseHref, filtersOf, readBrowse, without } from './browse.ts';

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

test('filters stand in the address by the names of their facets, and can be taken back one by one', () => {
  const browse = readBrowse({
    q: 'cup',
    'is.Color': ['Indigo', 'Oat'],
    'is.inStock': 'true',
    min: '5',
    max: '12.50',
    'is.': 'x',
  });
  expect(browse.chosen).toEqual({ Color: ['Indigo', 'Oat'], inStock: ['true'] });
  const address = '/products?q=cup&is.Color=Indigo&is.Color=Oat&is.inStock=true&min=5&max=12.50';
  expect(browseHref('/products', browse)).toBe(address);
  expect(filtersOf(browse)).toEqual([
    { by: 'Color', values: ['Indigo', 'Oat'] },
    { by: 'inStock', values: ['true'] },
    { by: 'price', min: '5', max: '12.50' },
  ]);
  expect(browseHref('/products', without({ ...browse, after: 'abc' }, 'Color', 'Oat'))).toBe(
    address.replace('&is.Color=Oat', ''),
  );
  expect(filtersOf(without(without(browse, 'inStock', 'true'), 'price'))).toEqual([
    { by: 'Color', values: ['Indigo', 'Oat'] },
  ]);
  expect(readBrowse({ min: 'cheap', max: '-1' })).toEqual({});
});
