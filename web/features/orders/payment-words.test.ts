import { expect, test } from 'vitest';
import type { PaymentStatus } from '#generated/graphql.ts';
import { balanceKey, paymentWords } from './payment-words.ts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });
const words = (paymentStatus: string) =>
  paymentWords({
    paymentStatus: paymentStatus as PaymentStatus,
    balance: euros('12.00'),
    cost: { refunded: euros('5.50') },
  });

test('the payment is told in words, with the sums that matter', () => {
  expect(words('AUTHORIZED')).toBe('Reserved on your card. Charged once the order is confirmed.');
  expect(words('PARTIALLY_PAID')).toBe('Paid but for €12.00.');
  expect(words('PARTIALLY_REFUNDED')).toBe('Paid, and €5.50 of it paid back to you.');
  expect(words('VOIDED')).toMatch(/^Nothing was charged/);
  expect(words('HELD_BY_A_DRAGON')).toBeNull();
});

test('a declined card is followed by a new try, everything else is the same one', () => {
  const at = (type: string) => ({ type, message: '', at: '2026-11-21T09:00:00Z' });
  const due = [at('order.confirmed'), at('payment.due')];
  expect(balanceKey({ history: [...due, at('order.changed')] })).toBe(balanceKey({ history: due }));
  expect(balanceKey({ history: [...due, at('payment.declined')] })).not.toBe(balanceKey({ history: due }));
});
