import { randomBytes } from 'node:crypto';
import { CARDS, type Card, refusalOf } from './cards.ts';
import { type Form, text, textsOf } from './form.ts';
import { invalid, noSuch, refused, StripeFault } from './stripe-error.ts';
import type { StripeEvent } from './webhooks.ts';

export interface Intent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  amount_capturable: number;
  amount_received: number;
  readonly capture_method: string;
  readonly client_secret: string;
  readonly created: number;
  readonly currency: string;
  readonly metadata: Record<string, string>;
  readonly receipt_email: string | null;
  readonly description: string | null;
  status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'requires_capture'
    | 'canceled'
    | 'succeeded';
  canceled_at: number | null;
  cancellation_reason: string | null;
  last_payment_error: object | null;
  latest_charge: string | null;
  next_action: object | null;
  payment_method: string | null;
  readonly livemode: false;
}

export interface Charge {
  readonly id: string;
  readonly object: 'charge';
  readonly amount: number;
  amount_captured: number;
  amount_refunded: number;
  captured: boolean;
  refunded: boolean;
  readonly currency: string;
  readonly payment_intent: string;
  readonly livemode: false;
}

export interface Refund {
  readonly id: string;
  readonly object: 'refund';
  readonly amount: number;
  readonly charge: string;
  readonly created: number;
  readonly currency: string;
  readonly metadata: Record<string, string>;
  readonly payment_intent: string;
  readonly reason: string | null;
  status: 'succeeded' | 'pending' | 'failed';
  failure_reason?: string;
}

interface ConfirmationToken {
  readonly id: string;
  readonly card: string;
  readonly returnUrl: string | null;
  usedBy: string | null;
}

/** What a payment is confirmed with. */
interface Means {
  readonly payment: string;
  readonly card: Card;
  readonly token: ConfirmationToken | null;
  readonly returnUrl: string;
}

const API_VERSION = '2026-10-28.endive';

/** The merchant's account: what Stripe knows of it, and what it announces. */
export class Books {
  readonly intents = new Map<string, Intent>();
  readonly charges = new Map<string, Charge>();
  readonly refunds = new Map<string, Refund>();
  readonly events: StripeEvent[] = [];
  readonly #tokens = new Map<string, ConfirmationToken>();
  readonly #announce: (event: StripeEvent) => void;
  readonly #challengeUrl: (intent: Intent) => string;
  /** Who is asking: its key goes into the events. */
  request: StripeEvent['request'] = { id: null, idempotency_key: null };

  constructor(announce: (event: StripeEvent) => void, challengeUrl: (intent: Intent) => string) {
    this.#announce = announce;
    this.#challengeUrl = challengeUrl;
  }

  intent(id: string): Intent {
    const intent = this.intents.get(id);
    if (!intent) throw noSuch('payment_intent', id, 'id');
    return intent;
  }

  createToken(card: string, returnUrl: string | null): object {
    if (!CARDS[card]) throw noSuch('PaymentMethod', card, 'payment_method');
    const token = { id: newId('ctoken'), card, returnUrl, usedBy: null };
    this.#tokens.set(token.id, token);
    return { id: token.id, object: 'confirmation_token', livemode: false, return_url: returnUrl, use_stripe_sdk: true };
  }

  create(form: Form): Intent {
    const amount = wholeAmount(form.amount, 'amount');
    const currency = text(form.currency);
    if (!currency || !/^[a-z]{3}$/i.test(currency))
      throw invalid(`Invalid currency: ${currency}.`, { param: 'currency' });
    if (amount < 1)
      throw invalid('This value must be greater than or equal to 1.', {
        param: 'amount',
        code: 'parameter_invalid_integer',
      });
    const confirm = form.confirm === 'true';
    // Looked up before anything is noted: an answer to what is not valid leaves nothing behind.
    const means = confirm ? this.#means(form) : null;
    const id = newId('pi');
    const intent: Intent = {
      ...{ id, object: 'payment_intent', amount, amount_capturable: 0, amount_received: 0, livemode: false },
      ...{ client_secret: `${id}_secret_${random(25)}`, created: now(), currency: currency.toLowerCase() },
      capture_method: text(form.capture_method) ?? 'automatic',
      metadata: textsOf(form.metadata),
      ...{ receipt_email: text(form.receipt_email), description: text(form.description) },
      ...{ status: 'requires_payment_method', canceled_at: null, cancellation_reason: null, last_payment_error: null },
      ...{ latest_charge: null, next_action: null, payment_method: null },
    };
    this.intents.set(id, intent);
    this.#event('payment_intent.created', intent);
    if (means) this.#confirmWith(intent, means);
    return intent;
  }

  confirm(id: string, form: Form): Intent {
    const intent = this.intent(id);
    if (!['requires_payment_method', 'requires_confirmation'].includes(intent.status))
      throw unexpectedState(intent, 'confirm');
    this.#confirmWith(intent, this.#means(form));
    return intent;
  }

  /** The shopper's bank has heard whether it is them. */
  answerChallenge(id: string, approved: boolean): Intent {
    const intent = this.intent(id);
    if (intent.status !== 'requires_action') return intent;
    intent.next_action = null;
    if (approved) this.#authorize(intent);
    else
      this.#fail(intent, {
        type: 'invalid_request_error',
        code: 'payment_intent_authentication_failure',
        message:
          'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
      });
    return intent;
  }

  capture(id: string, form: Form): Intent {
    const intent = this.intent(id);
    if (intent.status !== 'requires_capture') throw unexpectedState(intent, 'capture');
    const amount = form.amount_to_capture ? wholeAmount(form.amount_to_capture, 'amount_to_capture') : intent.amount;
    if (amount > intent.amount_capturable)
      throw refused('The amount to capture exceeds the amount that can be captured.', {
        ...{ code: 'amount_too_large', param: 'amount_to_capture' },
      });
    this.#take(intent, amount);
    return intent;
  }

  cancel(id: string, form: Form): Intent {
    const intent = this.intent(id);
    if (['canceled', 'succeeded'].includes(intent.status)) throw unexpectedState(intent, 'cancel');
    intent.status = 'canceled';
    intent.amount_capturable = 0;
    intent.next_action = null;
    intent.canceled_at = now();
    intent.cancellation_reason = text(form.cancellation_reason);
    this.#event('payment_intent.canceled', intent);
    return intent;
  }

  refund(form: Form): Refund {
    const intent = this.intent(text(form.payment_intent) ?? '');
    const charge = this.charges.get(intent.latest_charge ?? '');
    if (!charge?.captured)
      throw refused(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`);
    const left = charge.amount_captured - charge.amount_refunded;
    if (left === 0)
      throw refused(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
    const amount = form.amount ? wholeAmount(form.amount, 'amount') : left;
    if (amount > left)
      throw refused(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
        param: 'amount',
      });
    const fate = CARDS[intent.payment_method ?? '']?.refunds;
    const refund: Refund = {
      ...{ id: newId('re'), object: 'refund', amount, charge: charge.id, created: now(), currency: intent.currency },
      ...{ metadata: textsOf(form.metadata), payment_intent: intent.id, reason: text(form.reason) },
      status: fate === 'pending' ? 'pending' : 'succeeded',
    };
    this.refunds.set(refund.id, refund);
    charge.amount_refunded += amount;
    charge.refunded = charge.amount_refunded === charge.amount_captured;
    this.#event('refund.created', refund);
    this.#event('charge.refunded', charge);
    return refund;
  }

  /** A bank that took its time: what was pending has gone through, or came back. */
  settleRefund(id: string, status: 'succeeded' | 'failed'): Refund {
    const refund = this.refunds.get(id);
    if (!refund) throw noSuch('refund', id, 'id');
    if (refund.status === 'failed' || refund.status === status) return refund;
    refund.status = status;
    if (status === 'failed') {
      refund.failure_reason = 'expired_or_canceled_card';
      const charge = this.charges.get(refund.charge);
      if (charge) {
        charge.amount_refunded -= refund.amount;
        charge.refunded = false;
      }
      this.#event('refund.failed', refund);
    }
    this.#event('refund.updated', refund);
    return refund;
  }

  #means(form: Form): Means {
    const tokenId = text(form.confirmation_token);
    const token = tokenId === null ? null : (this.#tokens.get(tokenId) ?? null);
    if (tokenId !== null && !token) throw noSuch('confirmation_token', tokenId, 'confirmation_token');
    if (token?.usedBy)
      throw invalid('This ConfirmationToken has already been used to confirm a previous PaymentIntent.', {
        param: 'confirmation_token',
      });
    const payment = token?.card ?? text(form.payment_method);
    if (!payment)
      throw invalid('You cannot confirm this PaymentIntent because it is missing a payment method.', {
        code: 'payment_intent_unexpected_state',
      });
    const card = CARDS[payment];
    if (!card) throw noSuch('PaymentMethod', payment, 'payment_method');
    const returnUrl = text(form.return_url) ?? token?.returnUrl ?? null;
    if (!returnUrl)
      throw invalid(
        'This PaymentIntent is configured to accept payment methods that may redirect. Provide a `return_url`.',
      );
    return { payment, card, token, returnUrl };
  }

  #confirmWith(intent: Intent, { payment, card, token, returnUrl }: Means): void {
    if (token) token.usedBy = intent.id;
    intent.payment_method = payment;
    if (card.outcome === 'declines') {
      this.#fail(intent, refusalOf(card));
      throw new StripeFault(402, { ...refusalOf(card), payment_intent: structuredClone(intent) }, true);
    }
    if (card.outcome === 'succeeds') {
      this.#authorize(intent);
      return;
    }
    const url = this.#challengeUrl(intent);
    intent.status = 'requires_action';
    intent.next_action = token
      ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } }
      : { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } };
    this.#event('payment_intent.requires_action', intent);
  }

  #authorize(intent: Intent): void {
    const charge: Charge = {
      ...{ id: newId('ch'), object: 'charge', amount: intent.amount, amount_captured: 0, amount_refunded: 0 },
      ...{ captured: false, refunded: false, currency: intent.currency, payment_intent: intent.id, livemode: false },
    };
    this.charges.set(charge.id, charge);
    intent.latest_charge = charge.id;
    if (intent.capture_method !== 'manual') {
      this.#take(intent, intent.amount);
      return;
    }
    intent.status = 'requires_capture';
    intent.amount_capturable = intent.amount;
    this.#event('payment_intent.amount_capturable_updated', intent);
  }

  /** What is not captured of an authorization is released. */
  #take(intent: Intent, amount: number): void {
    const charge = this.charges.get(intent.latest_charge ?? '')!;
    charge.captured = true;
    charge.amount_captured = amount;
    intent.status = 'succeeded';
    intent.amount_capturable = 0;
    intent.amount_received = amount;
    this.#event('charge.captured', charge);
    this.#event('payment_intent.succeeded', intent);
  }

  #fail(intent: Intent, error: object): void {
    intent.status = 'requires_payment_method';
    intent.last_payment_error = error;
    this.#event('payment_intent.payment_failed', intent);
  }

  #event(type: string, object: object): void {
    const event: StripeEvent = {
      ...{ id: newId('evt'), object: 'event', type, api_version: API_VERSION, created: now(), livemode: false },
      ...{ pending_webhooks: 1, request: this.request },
      // As it was then: what comes late tells of the past.
      data: { object: structuredClone(object) },
    };
    this.events.push(event);
    this.#announce(event);
  }
}

function unexpectedState(intent: Intent, deed: string): StripeFault {
  return refused(`You cannot ${deed} this PaymentIntent because it has a status of ${intent.status}.`, {
    code: 'payment_intent_unexpected_state',
    payment_intent: structuredClone(intent),
  });
}

function wholeAmount(value: unknown, param: string): number {
  if (typeof value !== 'string' || !/^\d{1,12}$/.test(value))
    throw invalid(`Invalid integer: ${String(value)}`, { param, code: 'parameter_invalid_integer' });
  return Number(value);
}

const now = (): number => Math.floor(Date.now() / 1_000);
const random = (length: number): string =>
  randomBytes(length).toString('base64url').replace(/[-_]/g, 'x').slice(0, length);
const newId = (prefix: string): string => `${prefix}_${random(24)}`;
