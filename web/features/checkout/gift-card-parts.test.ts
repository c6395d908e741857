import { expect, test } from 'vitest';
import { giftCardParts } from './gift-card-parts.ts';

const card = (ending: string, amount: string, currency = 'EUR') => ({ ending, balance: { amount, currency } });
const paidBeside = (bought: string, total: string, currency: string, ...cards: ReturnType<typeof card>[]) => {
  const lines = [
    { isGiftCard: true, total: { amount: bought, currency } },
    { isGiftCard: false, total: { amount: total, currency } },
  ];
  const { parts, rest } = giftCardParts({ amount: total, currency }, cards, lines);
  return [...parts.map(({ ending, pays }) => `${ending} ${pays.amount}`), rest.amount];
};
const paid = (total: string, currency: string, ...cards: ReturnType<typeof card>[]) =>
  paidBeside(currency === 'JPY' ? '0' : currency === 'KWD' ? '0.000' : '0.00', total, currency, ...cards);

test('a card pays for no gift card', () => {
  expect(paidBeside('25.00', '44.90', 'EUR', card('A', '100.00'))).toEqual(['A 19.90', '25.00']);
  expect(paidBeside('44.90', '44.90', 'EUR', card('A', '100.00'))).toEqual(['A 0.00', '44.90']);
});

test('cards pay one after another, each what it can; another currency pays nothing', () => {
  expect(paid('44.90', 'EUR', card('A', '20.00'), card('B', '100.00'))).toEqual(['A 20.00', 'B 24.90', '0.00']);
  expect(paid('44.90', 'EUR', card('A', '0.05'))).toEqual(['A 0.05', '44.85']);
  expect(paid('44.90', 'EUR', card('A', '20', 'JPY'))).toEqual(['44.90']);
  expect(paid('1200', 'JPY', card('A', '999', 'JPY'))).toEqual(['A 999', '201']);
  expect(paid('1.050', 'KWD', card('A', '1.001', 'KWD'))).toEqual(['A 1.001', '0.049']);
});
