import { expect, test } from 'vitest';
import { currentStep } from './checkout-step.ts';

const EMPTY = { email: null, deliveryAddress: null, deliveryOption: null };
const ADDRESSED = { ...EMPTY, email: 'mina@example.test', deliveryAddress: {} };
const READY = { ...ADDRESSED, deliveryOption: {} };

test('checkout stands at the first step that is not done', () => {
  expect(currentStep(EMPTY, undefined)).toBe('address');
  expect(currentStep({ ...ADDRESSED, email: null }, undefined)).toBe('address');
  expect(currentStep(ADDRESSED, undefined)).toBe('delivery');
  expect(currentStep(READY, undefined)).toBe('payment');
});

test('a shopper can go back, but not ahead', () => {
  expect(currentStep(READY, 'address')).toBe('address');
  expect(currentStep(READY, 'delivery')).toBe('delivery');
  expect(currentStep(EMPTY, 'payment')).toBe('address');
  expect(currentStep(READY, 'nonsense')).toBe('payment');
});
