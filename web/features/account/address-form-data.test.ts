import { expect, test } from 'vitest';
import { fieldOf, readAddress } from './address-form-data.ts';

test('an address is read from a form, blanks trimmed, optional fields null', () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({
    name: ' Mina ',
    line1: 'Torstraße 1',
    city: 'Berlin',
    postalCode: '10119',
    country: 'DE',
  }))
    form.set(name, value);
  expect(readAddress(form)).toEqual({
    address: {
      name: 'Mina',
      line1: 'Torstraße 1',
      line2: null,
      city: 'Berlin',
      region: null,
      postalCode: '10119',
      country: 'DE',
      phone: null,
    },
    fieldErrors: {},
  });
});

test('each empty field says what to fill in', () => {
  const form = new FormData();
  form.set('name', '  ');
  expect(Object.keys(readAddress(form).fieldErrors)).toEqual(['name', 'line1', 'city', 'postalCode', 'country']);
});

test('a refusal of the API is told at the field it is about', () => {
  expect(fieldOf(['input', 'address', 'postalCode'])).toBe('postalCode');
  expect(fieldOf(['input', 'lines', '0'])).toBe('lines');
  expect(fieldOf(['input'])).toBeUndefined();
  expect(fieldOf(null)).toBeUndefined();
});
