import { expect, test } from 'vitest';
import { currentStep, stepsOf } from './checkout-step.ts';

const EMPTY = { email: null, deliveryAddress: null, deliveryOption: null, requiresShipping: true };
const ADDRESSED = { ...EMPTY, email: 'mina@example.test', deliveryAddress: {} };
const READY = { ...ADDRESSED, deliveryOption: {} };

test('checkout stands at the first step that is not done', () => {
  expect(currentStep(EMPTY, undefined)).toBe('address');
  expect(currentStep({ ...ADDRESSED, email: null }, undefined)).toBe('address');
  expect(currentStep(ADDRESSED, undefined)).toBe('delivery');
  expect(currentStep(READY, undefined)).toBe('payment');
});

test('gift cards alone need no delivery', () => {
  const cards = { ...ADDRESSED, requiresShipping: false };
  expect(stepsOf(cards).map(({ step }) => step)).toEqual(['address', 'payment']);
  expect(currentStep(cards, 'delivery')).toBe('payment');
  expect(currentStep({ ...EMPTY, requiresShipping: false }, undefined)).toBe('address');
});

test('a shopper can go back, but not ahead', () => {
  expect(currentStep(READY, 'address')).toBe('address');
  expect(currentStep(READY, 'delivery')).toBe('delivery');
  expect(currentStep(EMPTY, 'payment')).toBe('address');
  expect(currentStep(READY, 'nonsense')).toBe('payment');
});
