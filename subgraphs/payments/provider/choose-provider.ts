import { paymentsConfig } from '../config.ts';
import { GIFT_CARD, giftCardProvider } from '../gift-cards/gift-card-provider.ts';
import type { PaymentProvider } from './payment-provider.ts';
import { stripeConfig } from './stripe/stripe.config.ts';
import { stripeProvider } from './stripe/stripe-provider.ts';
import { testProvider } from './test/test-provider.ts';

/** So that a provider gives up before those who wait for it do. */
const MARGIN_MS = 50;

/** Those that the shop's configuration has, the one for new payments first; the others end what they began. */
const PROVIDERS: readonly [PaymentProvider, ...PaymentProvider[]] = stripeConfig
  ? [stripeProvider(stripeConfig, paymentsConfig.providerDeadlineMs - MARGIN_MS), testProvider]
  : [testProvider];

/** The shop's provider, which every new payment goes through. */
export const shopProvider: PaymentProvider = PROVIDERS[0];

/** The provider that a payment began with, whatever the shop's is now. */
export function providerOf(name: string): PaymentProvider {
  // Not among those that shoppers choose from and webhooks come from.
  if (name === GIFT_CARD) return giftCardProvider;
  const provider = PROVIDERS.find((each) => each.name === name);
  if (!provider) throw new Error(`Payments of ${name} are open, and its keys are not set: set them again.`);
  return provider;
}

export const allProviders = (): readonly PaymentProvider[] => PROVIDERS;

/** For a webhook's path and a shopper's choice: null for what the shop does not have. */
export const findProvider = (name: string): PaymentProvider | null =>
  PROVIDERS.find((each) => each.name === name) ?? null;
