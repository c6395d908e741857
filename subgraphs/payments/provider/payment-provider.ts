import type { Money } from '#platform/money/money.ts';

/** A payment as the provider knows it. */
export interface ProviderPayment {
  /** The provider's id, e.g. `pi_…`. */
  readonly ref: string;
  readonly status: 'REQUIRES_ACTION' | 'AUTHORIZED' | 'CAPTURED' | 'VOIDED' | 'REFUNDED' | 'DECLINED';
  readonly nextAction: { type: string; url: string | null; clientSecret: string | null } | null;
  readonly refusal: { code: string; message: string } | null;
}

export interface Authorization {
  /** The order's id: the provider answers a repetition with the same payment. */
  readonly key: string;
  readonly orderNumber: string;
  readonly amount: Money;
  /** What the provider's own form gave the client, e.g. `pm_card_visa`. */
  readonly token: string;
  readonly email: string;
}

/** Who moves the money. Each call may be repeated; one that fails may have succeeded. */
export interface PaymentProvider {
  readonly name: string;
  authorize(authorization: Authorization): Promise<ProviderPayment>;
  /** By the provider's id. */
  retrieve(ref: string): Promise<ProviderPayment>;
  /** By the key of its authorization: null when the provider never heard of it. */
  find(key: string): Promise<ProviderPayment | null>;
  /** Takes the whole authorized amount. */
  capture(ref: string): Promise<ProviderPayment>;
  /** Gives everything back: an authorization is released, a capture refunded. */
  giveBack(ref: string): Promise<ProviderPayment>;
}
