import type { Stripe, StripeConstructor } from '@stripe/stripe-js';
import type { StripeSettings } from './stripe-settings.ts';

declare global {
  interface Window {
    Stripe?: StripeConstructor;
  }
}

let loading: Promise<StripeConstructor> | null = null;

/** Stripe's own script, from Stripe's own address as its rules demand, and only on a page that pays with it. */
export async function loadStripe({ publishableKey, scriptUrl }: StripeSettings): Promise<Stripe> {
  loading ??= loadScript(scriptUrl);
  return (await loading)(publishableKey);
}

function loadScript(url: string): Promise<StripeConstructor> {
  return new Promise((resolve, reject) => {
    const failed = () => {
      script.remove();
      // So that the next try loads it anew.
      loading = null;
      reject(new Error('Stripe’s script could not be loaded.'));
    };
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => (window.Stripe ? resolve(window.Stripe) : failed());
    script.onerror = failed;
    document.head.append(script);
  });
}
