import type { PaymentProvider } from './payment-provider.ts';
import { testProvider } from './test-provider.ts';

const PROVIDERS: Record<string, PaymentProvider> = { test: testProvider };

/** The shop's provider; a payment keeps the one it began with. */
export const chooseProvider = (name?: string | null): PaymentProvider | null => PROVIDERS[name ?? 'test'] ?? null;
