import { expect, test } from 'vitest';
import { readStripeConfig } from './stripe.config.ts';

const KEYS = {
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
};

test('no key: Stripe is not the provider; all of them: it is', () => {
  expect(readStripeConfig({})).toBeNull();
  expect(readStripeConfig({ ...KEYS, STOREFRONT_URL: 'https://shop.example/' })).toEqual({
    secretKey: 'sk_test_1',
    publishableKey: 'pk_test_1',
    webhookSecret: 'whsec_1',
    apiUrl: new URL('https://api.stripe.com'),
    storefrontUrl: 'https://shop.example',
  });
  expect(readStripeConfig({ ...KEYS, STRIPE_SECRET_KEY: 'rk_test_1' })?.secretKey).toBe('rk_test_1');
});

test.each(Object.keys(KEYS))('without %s alone the program does not start', (name) => {
  expect(() => readStripeConfig({ ...KEYS, [name]: '' })).toThrow(
    `${name} is not set while other keys of Stripe are: set STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET, or none.`,
  );
});

test('keys of two modes, keys in each other’s place and http to another machine are refused in a sentence without the key', () => {
  expect(() => readStripeConfig({ ...KEYS, STRIPE_PUBLISHABLE_KEY: 'pk_live_1' })).toThrow(
    'STRIPE_SECRET_KEY is of test mode and STRIPE_PUBLISHABLE_KEY of live mode: take both from the same.',
  );
  expect(() => readStripeConfig({ ...KEYS, STRIPE_PUBLISHABLE_KEY: 'sk_test_1' })).toThrow(
    "STRIPE_PUBLISHABLE_KEY is a text of 9 characters: set it to the shop's publishable key, pk_….",
  );
  expect(() => readStripeConfig({ ...KEYS, STRIPE_API_URL: 'http://stripe.example' })).toThrow(
    'STRIPE_API_URL is "http://stripe.example": set it to an https address, or an http one on this machine.',
  );
  for (const address of [
    'http://127.0.0.1:5300',
    'http://localhost:5300',
    'http://[::1]:5300',
    'https://stripe.example',
  ])
    expect(readStripeConfig({ ...KEYS, STRIPE_API_URL: address })?.apiUrl.href).toContain(address);
});
