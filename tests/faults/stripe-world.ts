import { type FakeStripe, PUBLISHABLE_KEY, SECRET_KEY, startFakeStripe } from '#tests/fake-stripe/fake-stripe.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

/** The fake Stripe behind a proxy: the way to it can be bad, and it can misbehave by itself. */
export interface StripeWorld {
  readonly fake: FakeStripe;
  readonly proxy: FaultProxy;
  /** What makes it the program's provider. */
  readonly env: Readonly<Record<string, string>>;
  /** Where it sends its webhooks, again until they are taken: Stripe does so for three days. */
  announceTo(routerUrl: string): void;
  /** The way is well and it behaves; what it held back is sent. */
  heal(): void;
  close(): Promise<void>;
}

const WELL = { copies: 1, delayMs: 0, hold: false };

export async function openStripe(): Promise<StripeWorld> {
  const fake = await startFakeStripe();
  const proxy = await startFaultProxy({ host: '127.0.0.1', port: Number(new URL(fake.url).port) });
  return {
    fake,
    proxy,
    env: {
      STRIPE_SECRET_KEY: SECRET_KEY,
      STRIPE_PUBLISHABLE_KEY: PUBLISHABLE_KEY,
      STRIPE_WEBHOOK_SECRET: fake.webhooks.sending.secret,
      STRIPE_API_URL: `http://127.0.0.1:${proxy.port}`,
    },
    announceTo(routerUrl) {
      const url = `${routerUrl}/webhooks/payments/stripe`;
      Object.assign(fake.webhooks.sending, { url, tries: 1_000, longestPauseMs: 2_000 });
    },
    heal() {
      proxy.heal();
      fake.faults.clear();
      Object.assign(fake.webhooks.sending, WELL);
      fake.webhooks.flush();
    },
    async close() {
      await proxy.close();
      await fake.stop();
    },
  };
}
