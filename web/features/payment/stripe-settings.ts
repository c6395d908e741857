import { readConfig } from '#config';
import { ShopPaymentDocument } from '#generated/graphql.ts';
import { send } from '#graphql/send.ts';

/** What a browser needs of Stripe. */
export interface StripeSettings {
  readonly publishableKey: string;
  readonly scriptUrl: string;
}

const KEPT_FOR_MS = 60_000;

let known: { readonly settings: StripeSettings | null; readonly until: number } | null = null;

/**
 * Null where the shop's provider is another: then no script, frame or connection of Stripe is allowed. Every page's policy
 * asks, so the answer is kept for a minute; where the API does not answer, the last one stays.
 */
export async function stripeSettings(): Promise<StripeSettings | null> {
  if (known && known.until > Date.now()) return known.settings;
  try {
    const { shop } = await send(ShopPaymentDocument, {}, {});
    if (shop) known = { settings: settingsOf(shop), until: Date.now() + KEPT_FOR_MS };
  } catch {
    // The page itself will say that the API cannot be reached.
  }
  return known?.settings ?? null;
}

function settingsOf(shop: { paymentProvider: string; paymentPublishableKey?: string | null }): StripeSettings | null {
  const { paymentProvider, paymentPublishableKey: publishableKey } = shop;
  if (paymentProvider !== 'stripe' || !publishableKey) return null;
  return { publishableKey, scriptUrl: readConfig().stripeScriptUrl };
}
