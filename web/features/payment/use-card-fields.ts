'use client';

import type { ConfirmationTokenCreateParams, Stripe, StripeElements } from '@stripe/stripe-js';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Amount } from '#design/money.ts';
import { loadStripe } from './load-stripe.ts';
import { stripeAmount } from './stripe-amount.ts';
import { onThemeChange, stripeAppearance } from './stripe-appearance.ts';
import type { StripeSettings } from './stripe-settings.ts';

export interface CardFields {
  readonly state: 'loading' | 'ready' | 'broken';
  /** What Stripe's fields are put into. */
  readonly place: RefObject<HTMLDivElement | null>;
  /** Turns what was typed into a token; a sentence when it is not complete. The same until something is changed. */
  createToken(billing: BillingDetails, returnUrl: string): Promise<{ token: string } | { message: string }>;
  /** The bank said no: the next attempt needs a new token. */
  forgetToken(): void;
}

export type BillingDetails = NonNullable<
  NonNullable<ConfirmationTokenCreateParams['payment_method_data']>['billing_details']
>;

const PROBLEM = 'The card could not be read. Check it and try again.';

/** Stripe's Payment Element for an amount that is authorized now and taken when the order is confirmed. */
export function useCardFields(settings: StripeSettings, total: Amount): CardFields {
  const place = useRef<HTMLDivElement>(null);
  const opened = useRef<{ stripe: Stripe; elements: StripeElements } | null>(null);
  const made = useRef<string | null>(null);
  const [state, setState] = useState<CardFields['state']>('loading');
  const amount = stripeAmount(total);
  const currency = total.currency.toLowerCase();
  const present = useRef({ amount, currency });
  const { publishableKey, scriptUrl } = settings;

  useEffect(() => {
    let gone = false;
    let close = () => {};
    loadStripe({ publishableKey, scriptUrl }).then(
      (stripe) => {
        if (gone || !place.current) return;
        const elements = stripe.elements({
          ...{ mode: 'payment', captureMethod: 'manual', ...present.current },
          appearance: stripeAppearance(),
        });
        const fields = elements.create('payment', { layout: 'tabs' });
        fields.on('ready', () => setState('ready'));
        fields.on('loaderror', () => setState('broken'));
        fields.on('change', () => {
          made.current = null;
        });
        fields.mount(place.current);
        opened.current = { stripe, elements };
        const stopWatching = onThemeChange(() => elements.update({ appearance: stripeAppearance() }));
        close = () => {
          stopWatching();
          fields.destroy();
          opened.current = null;
        };
      },
      () => !gone && setState('broken'),
    );
    return () => {
      gone = true;
      close();
    };
  }, [publishableKey, scriptUrl]);

  useEffect(() => {
    present.current = { amount, currency };
    // What was agreed to was another amount.
    made.current = null;
    opened.current?.elements.update({ amount, currency });
  }, [amount, currency]);

  return {
    state,
    place,
    async createToken(billing, returnUrl) {
      if (made.current) return { token: made.current };
      if (!opened.current) return { message: 'The card form is still loading. Try again in a moment.' };
      const { stripe, elements } = opened.current;
      const { error: incomplete } = await elements.submit();
      if (incomplete) return { message: incomplete.message ?? PROBLEM };
      const { error, confirmationToken } = await stripe.createConfirmationToken({
        elements,
        params: { return_url: returnUrl, payment_method_data: { billing_details: billing } },
      });
      if (error) return { message: error.message ?? PROBLEM };
      made.current = confirmationToken.id;
      return { token: confirmationToken.id };
    },
    forgetToken() {
      made.current = null;
    },
  };
}
