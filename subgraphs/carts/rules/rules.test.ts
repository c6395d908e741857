import { expect, test } from 'vitest';
import { Refusal } from '#platform/errors/refusal.ts';
import { addLines, type CartLineRecord, MAX_LINES, mergeLines, removeLines, setQuantities } from './cart-lines.ts';
import { checkedAddress, checkedEmail } from './contact.ts';
import { storable } from './storable.ts';

const line = (variantId: string, quantity: number, id = `cln_${variantId}`): CartLineRecord => ({
  id,
  variantId,
  quantity,
  title: variantId,
  sku: variantId,
  unitPrice: '100',
  weightGrams: 1,
  productId: 'prod_1',
  categoryIds: [],
  sellerId: 'sel_1',
});
const held = (lines: readonly CartLineRecord[]) => lines.map(({ id, quantity }) => `${id} ${quantity}`);

function refusal(deed: () => unknown): { code: string; path: readonly string[] | undefined } {
  try {
    deed();
  } catch (reason) {
    if (reason instanceof Refusal) return { code: reason.code, path: reason.path };
  }
  throw new Error('This was not refused.');
}

test('a variant that is there already makes its line longer, under its id, with what is known of it now', () => {
  const dearer = { ...line('a', 2, 'cln_new'), unitPrice: '150' };
  const lines = addLines([line('a', 1), line('b', 4)], [dearer, line('c', 1), line('c', 2, 'cln_c2')]);
  expect(held(lines)).toEqual(['cln_a 3', 'cln_b 4', 'cln_c 3']);
  expect(lines[0]?.unitPrice).toBe('150');
});

test('999 of a variant and 250 lines fit into a cart, and one more of either does not', () => {
  expect(held(addLines([line('a', 998)], [line('a', 1)]))).toEqual(['cln_a 999']);
  expect(refusal(() => addLines([line('a', 999)], [line('b', 1), line('a', 1)]))).toEqual({
    code: 'INVALID_QUANTITY',
    path: ['input', 'lines', '1', 'quantity'],
  });
  const many = Array.from({ length: MAX_LINES }, (_, i) => line(`v${i}`, 1));
  expect(addLines([], many)).toHaveLength(250);
  expect(refusal(() => addLines(many, [line('one more', 1)])).code).toBe('LINE_LIMIT');
});

test('0 removes a line; what no cart can hold, and lines of other carts, are refused', () => {
  const lines = [line('a', 1), line('b', 2)];
  const set = (lineId: string, quantity: number) => setQuantities(lines, [{ lineId, quantity }]);
  expect(held(set('cln_a', 0))).toEqual(['cln_b 2']);
  expect(held(set('cln_b', 999))).toEqual(['cln_a 1', 'cln_b 999']);
  for (const quantity of [-1, 1_000, 2 ** 31, 1.5, Number.NaN])
    expect(refusal(() => set('cln_a', quantity)).code).toBe('INVALID_QUANTITY');
  expect(refusal(() => set('cln_x', 1))).toEqual({ code: 'LINE_NOT_FOUND', path: ['input', 'lines', '0', 'lineId'] });
  expect(held(removeLines(lines, ['cln_a']))).toEqual(['cln_b 2']);
  expect(refusal(() => removeLines(lines, ['cln_a', 'cln_x'])).path).toEqual(['input', 'lineIds', '1']);
  expect(held(lines)).toEqual(['cln_a 1', 'cln_b 2']);
});

test('merging adds up, and says when not everything fits', () => {
  const merged = mergeLines([line('a', 2)], [line('a', 3, 'cln_guest'), line('b', 1)]);
  expect([held(merged.lines), merged.cut]).toEqual([['cln_a 5', 'cln_b 1'], false]);
  const cut = mergeLines([line('a', 600)], [line('a', 600)]);
  expect([held(cut.lines), cut.cut]).toEqual([['cln_a 999'], true]);
});

test('e-mail addresses', () => {
  for (const good of ['ada@example.com', ' a.b+c@sub.example.co ', 'møøse@exämple.de'])
    expect(checkedEmail(good)).toBe(good.trim());
  const bad = ['', 'ada', 'ada@', '@example.com', 'a b@example.com', 'ada@example', 'a@b@c.de', 'ada\0@example.com'];
  for (const email of [...bad, `${'a'.repeat(65)}@example.com`, `a@${'b'.repeat(250)}.com`, 'a\ud800@example.com'])
    expect(refusal(() => checkedEmail(email))).toEqual({ code: 'EMAIL_INVALID', path: ['input', 'email'] });
});

test('addresses are trimmed, complete and fit on a label', () => {
  const ada = { name: ' Ada ', line1: 'Torstraße 1', line2: ' ', city: 'Berlin', postalCode: '10119', country: 'DE' };
  expect(checkedAddress(ada, 'address')).toEqual({
    name: 'Ada',
    line1: 'Torstraße 1',
    line2: null,
    city: 'Berlin',
    region: null,
    postalCode: '10119',
    country: 'DE',
    phone: null,
  });
  const refused = (change: object) => refusal(() => checkedAddress({ ...ada, ...change }, 'billingAddress')).path?.[2];
  expect(refused({ city: '  ' })).toBe('city');
  expect(refused({ name: 'x'.repeat(201) })).toBe('name');
  expect(refused({ postalCode: '1'.repeat(21) })).toBe('postalCode');
  expect(refused({ phone: '0\u0000' })).toBe('phone');
  expect(refused({ line2: '\udc00' })).toBe('line2');
});

test('a text that Postgres cannot keep loses what it cannot keep, and nothing else', () => {
  expect(storable('a\0b\ud800c 😀 שלום')).toBe('abc 😀 שלום');
});
