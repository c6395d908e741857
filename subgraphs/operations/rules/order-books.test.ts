import { expect, test } from 'vitest';
import { cardsWithoutLine, compareBooks, type MoneyBook } from './order-books.ts';

const order = (more: object = {}) => ({
  orderId: 'ord_1',
  status: 'PREPARING',
  currency: 'EUR',
  owed: '48.20',
  codes: [],
  hasGoods: true,
  giftCards: [],
  isOld: false,
  cartId: 'cart_1',
  ...more,
});
const money = (more: Partial<MoneyBook> = {}): MoneyBook => ({
  ...{ orderId: 'ord_1', currency: 'EUR', authorized: '48.20', captured: '48.20', refunded: '0.00' },
  ...more,
});
const stock = (state: string) => [{ orderId: 'ord_1', state }];
const judge = (...[o, m, s]: [object, MoneyBook | null, string]) =>
  compareBooks([order(o)], m ? [m] : [], stock(s), [], [], []).map(
    ({ invariant, detail }) => `${invariant}: ${detail}`,
  );

test.each([
  ['authorized and not yet captured', { status: 'CONFIRMED' }, money({ captured: '0.00' }), 'COMMITTED'],
  ['captured', {}, money(), 'COMMITTED'],
  ['partly refunded', { owed: '40.00' }, money({ refunded: '8.20' }), 'COMMITTED'],
  ['more was charged for an edit', { owed: '60.00' }, money({ authorized: '60.00', captured: '60.00' }), 'COMMITTED'],
  ['delivered', { status: 'DELIVERED' }, money(), 'SHIPPED'],
  [
    'cancelled before capture',
    { status: 'CANCELLED', owed: '0.00' },
    money({ authorized: '0.00', captured: '0.00' }),
    'RELEASED',
  ],
  ['cancelled after capture', { status: 'CANCELLED', owed: '0.00' }, money({ refunded: '48.20' }), 'RELEASED'],
  ['returned and refunded', { status: 'RETURNED', owed: '0.00' }, money({ refunded: '48.20' }), 'SHIPPED'],
  ['free', { owed: '0.00' }, null, 'COMMITTED'],
  ['exact in dinars', { currency: 'KWD', owed: '1.250' }, money({ currency: 'KWD', captured: '1.25' }), 'COMMITTED'],
] as const)('books that agree: %s', (_, o, m, s) => {
  expect(judge(o, m, s)).toEqual([]);
});

test.each([
  [
    'captured too little',
    {},
    money({ captured: '48.19' }),
    'COMMITTED',
    'owed: PREPARING over 48.20 EUR: 48.20 authorized, 48.19 captured, 0.00 refunded in EUR',
  ],
  [
    'refunded, and orders does not know',
    {},
    money({ refunded: '1.00' }),
    'COMMITTED',
    'owed: PREPARING over 48.20 EUR: 48.20 authorized, 48.20 captured, 1.00 refunded in EUR',
  ],
  ['never paid', {}, null, 'COMMITTED', 'owed: PREPARING over 48.20 EUR: no payment'],
  [
    'cancelled, money kept',
    { status: 'CANCELLED', owed: '0.00' },
    money(),
    'RELEASED',
    'owed: CANCELLED over 0.00 EUR: 48.20 authorized, 48.20 captured, 0.00 refunded in EUR',
  ],
  [
    'cancelled, money held',
    { status: 'CANCELLED', owed: '0.00' },
    money({ captured: '0.00' }),
    'RELEASED',
    'owed: CANCELLED over 0.00 EUR: 48.20 authorized, 0.00 captured, 0.00 refunded in EUR',
  ],
  [
    'another currency',
    {},
    money({ currency: 'USD' }),
    'COMMITTED',
    'owed: PREPARING over 48.20 EUR: 48.20 authorized, 48.20 captured, 0.00 refunded in USD',
  ],
  ['its goods were given back', {}, money(), 'RELEASED', 'goods: PREPARING, its reservation: RELEASED'],
  [
    'its goods are still held',
    { status: 'CANCELLED', owed: '0.00' },
    money({ refunded: '48.20' }),
    'COMMITTED',
    'goods: CANCELLED, its reservation: COMMITTED',
  ],
  [
    'delivered, and never left',
    { status: 'DELIVERED' },
    money(),
    'COMMITTED',
    'goods: DELIVERED, its reservation: COMMITTED',
  ],
] as const)('books that do not: %s', (_, o, m, s, sentence) => {
  expect(judge(o, m, s)).toEqual([sentence]);
});

test('an order holds the codes that made it cheaper, and no others', () => {
  const codes = (own: string[], held: string[]) =>
    compareBooks(
      [order({ codes: own })],
      [money()],
      stock('COMMITTED'),
      [{ orderId: 'ord_1', codes: held }],
      [],
      [],
    ).map(({ detail }) => detail);
  expect(codes(['A', 'B'], ['B', 'A'])).toEqual([]);
  expect(codes(['A'], [])).toEqual(['PREPARING with A: it holds none']);
  expect(codes([], ['A'])).toEqual(['PREPARING with none: it holds A']);
});

test('an order whose goods left so long ago that nobody remembers is at peace; one that still waits for them is not', () => {
  expect(judge({ status: 'DELIVERED', isOld: true }, money(), 'none')).toEqual([]);
  expect(judge({ status: 'DELIVERED' }, money(), 'none')).toEqual(['goods: DELIVERED, its reservation: none']);
  expect(judge({ status: 'PREPARING', isOld: true }, money(), 'none')).toEqual([
    'goods: PREPARING, its reservation: none',
  ]);
  expect(judge({ status: 'DELIVERED', isOld: true }, money(), 'COMMITTED')).toEqual([
    'goods: DELIVERED, its reservation: COMMITTED',
  ]);
});

test('the cart of an order is closed by it, and one of a cancelled order is not left frozen', () => {
  const cart = (status: string, cartStatus: string, orderId: string | null) =>
    compareBooks(
      [order({ status, owed: status === 'CANCELLED' ? '0.00' : '48.20' })],
      [status === 'CANCELLED' ? money({ authorized: '0.00', captured: '0.00' }) : money()],
      stock(status === 'CANCELLED' ? 'RELEASED' : 'COMMITTED'),
      [],
      [{ cartId: 'cart_1', status: cartStatus, orderId }],
      [],
    ).map(({ subject, detail }) => `${subject}: ${detail}`);
  for (const fine of [
    cart('PREPARING', 'CLOSED', 'ord_1'),
    cart('CANCELLED', 'CLOSED', 'ord_1'),
    cart('CANCELLED', 'OPEN', null),
    cart('CANCELLED', 'FROZEN', 'ord_2'),
  ])
    expect(fine).toEqual([]);
  expect(cart('PREPARING', 'OPEN', null)).toEqual(['ord_1: PREPARING, its cart: OPEN, of no order']);
  expect(cart('PREPARING', 'FROZEN', 'ord_1')).toEqual(['ord_1: PREPARING, its cart: FROZEN, of this order']);
  expect(cart('PREPARING', 'CLOSED', 'ord_2')).toEqual(['ord_1: PREPARING, its cart: CLOSED, of ord_2']);
  expect(cart('CANCELLED', 'FROZEN', 'ord_1')).toEqual(['ord_1: CANCELLED, its cart: FROZEN, of this order']);
});

test('an order of gift cards alone has no goods, and its cards stand at payments, no more and no fewer', () => {
  const cards = (units: number) => [{ orderId: 'ord_1', lineId: 'line_1', units }];
  const gifts = (more: object, standing: number, state = 'none') =>
    compareBooks(
      [order({ status: 'DELIVERED', hasGoods: false, giftCards: [{ lineId: 'line_1', units: 2 }], ...more })],
      [money()],
      stock(state),
      [],
      [],
      standing > 0 ? cards(standing) : [],
    ).map(({ invariant, detail }) => `${invariant}: ${detail}`);
  expect([gifts({}, 2), gifts({ giftCards: [] }, 0)]).toEqual([[], []]);
  expect(gifts({}, 1)).toEqual(['gift-cards: DELIVERED with gift cards 2 of line_1: 1 of line_1 stand']);
  expect(gifts({ giftCards: [] }, 1)).toEqual(['gift-cards: DELIVERED with gift cards none: 1 of line_1 stand']);
  expect(gifts({}, 2, 'COMMITTED')).toEqual(['goods: DELIVERED, its reservation: COMMITTED']);
  expect(cardsWithoutLine(cards(2), cards(2))).toEqual([]);
  expect(cardsWithoutLine(cards(2), cards(1)).map(({ detail }) => detail)).toEqual([
    '2 cards of line_1, which bought 1',
  ]);
  expect(cardsWithoutLine(cards(1), []).map(({ subject }) => subject)).toEqual(['ord_1']);
});
