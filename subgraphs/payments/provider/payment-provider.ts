import type { Money } from '#platform/money/money.ts';

/** A payment as the provider knows it. */
export interface ProviderPayment {
  /** The provider's id, e.g. `pi_…`. */
  readonly ref: string;
  /** What it was authorized under; null for one that this shop did not begin. */
  readonly key: string | null;
  /** `PENDING`: the provider does not know yet. What went back of a capture leaves it `CAPTURED`. */
  readonly status: 'PENDING' | 'REQUIRES_ACTION' | 'AUTHORIZED' | 'CAPTURED' | 'VOIDED' | 'DECLINED';
  readonly amount: Money;
  /** Minor units: what was taken of `amount`; the rest was released by that. */
  readonly captured: bigint;
  /** Minor units: what went back or is on its way. Null where the provider does not say it with the payment. */
  readonly refunded: bigint | null;
  readonly createdAt: Date;
  /** `clientSecret` is for the provider's own form, `url` a page of the shopper's bank. */
  readonly nextAction: { type: string; url: string | null; clientSecret: string | null } | null;
  readonly refusal: ProviderRefusal | null;
}

/** Money on its way back, as the provider knows it. A `SUCCEEDED` one may still come back from the bank as `FAILED`. */
export interface ProviderRefund {
  /** The provider's id, e.g. `re_…`; null when it refused to begin. */
  readonly ref: string | null;
  /** What it was asked under; null for one that was made at the provider. */
  readonly key: string | null;
  /** The payment that it gives back. */
  readonly paymentRef: string;
  readonly status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  readonly amount: Money;
  readonly createdAt: Date;
  readonly refusal: ProviderRefusal | null;
}

/** A code of ours (snake_case) and a sentence for the shopper. */
export interface ProviderRefusal {
  readonly code: string;
  readonly message: string;
}

export interface Authorization {
  /** Ours, unique: the provider answers a repetition with the same payment. */
  readonly key: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly amount: Money;
  /** What the provider's own form gave the client, e.g. `pm_card_visa`. */
  readonly token: string;
  readonly email: string;
}

/** What a webhook said. It may come late, twice, or after what happened later. */
export interface ProviderEvent {
  /** The provider's id: one effect each. */
  readonly id: string;
  readonly at: Date;
  /** As it was then; null when the event is of a refund, or of nothing that concerns us. */
  readonly payment: ProviderPayment | null;
  readonly refund: ProviderRefund | null;
}

export type WebhookRefusal = 'malformed' | 'bad_signature' | 'too_old' | 'in_the_future';

/** What is in the provider's books. */
export type ProviderEntry =
  | { readonly payment: ProviderPayment; readonly refund: null }
  | { readonly payment: null; readonly refund: ProviderRefund };

/** How far the time of a webhook's signature may be off, either way. */
export const WEBHOOK_TOLERANCE_SECONDS = 300;

/**
 * Who moves the money. Each call may be repeated under the same key and then answers with what it did; one that fails
 * may have succeeded. A provider's no is an answer, not an error.
 */
export interface PaymentProvider {
  /** As payments keep it, e.g. `test`, `stripe`; also the last part of the path of its webhooks. */
  readonly name: string;
  /** What the provider's form in a browser needs to know of the shop. */
  readonly publishableKey: string | null;
  /** After how long from when it was asked for a payment that `find` does not find will never be there. */
  readonly certainAfterMs: number;
  authorize(authorization: Authorization): Promise<ProviderPayment>;
  /** By the provider's id. */
  retrieve(ref: string): Promise<ProviderPayment>;
  /** By the key of its authorization, which was asked for at `since` or later; null when there is none so far. */
  find(key: string, since: Date): Promise<ProviderPayment | null>;
  /** Takes `amount` of what is authorized and releases the rest; answers with what is, whatever that be. */
  capture(ref: string, amount: Money, key: string): Promise<ProviderPayment>;
  /** Releases what is not captured; answers with what is: `CAPTURED` when it was too late. */
  void(ref: string): Promise<ProviderPayment>;
  /** Gives `amount` of what was captured back. `FAILED` when the provider refuses. */
  refund(ref: string, amount: Money, key: string): Promise<ProviderRefund>;
  /** Reads a webhook: the bytes as they came, header names in lower case. Nothing of it counts before its signature does. */
  webhook(
    headers: Readonly<Record<string, string>>,
    rawBody: Buffer,
    now: Date,
  ): { readonly events: readonly ProviderEvent[] } | { readonly refused: WebhookRefusal };
  /** The provider's own list of what was made from `since` (included) until `until` (not). */
  reconcile(window: { readonly since: Date; readonly until: Date }): AsyncIterable<ProviderEntry>;
}
