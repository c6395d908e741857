import { randomBytes } from 'node:crypto';
import { newId } from '#platform/database/id.ts';
import { paymentsConfig } from '../config.ts';
import { database } from '../database.ts';
import type { PaymentProvider, ProviderPayment } from './payment-provider.ts';

interface Intent {
  id: string;
  status: 'requires_action' | 'requires_capture' | 'requires_payment_method' | 'succeeded' | 'canceled';
  decline: string | null;
  captured: bigint;
  refunded: bigint;
  secret: string;
}

/** Stripe's test payment methods (docs.stripe.com/testing) and what becomes of them here. */
const CARDS: Record<string, { status: Intent['status']; decline?: string }> = {
  pm_card_visa: { status: 'requires_capture' },
  pm_card_mastercard: { status: 'requires_capture' },
  pm_card_amex: { status: 'requires_capture' },
  pm_card_threeDSecure2Required: { status: 'requires_action' },
  pm_card_chargeDeclined: { status: 'requires_payment_method', decline: 'card_declined' },
  pm_card_chargeDeclinedInsufficientFunds: { status: 'requires_payment_method', decline: 'insufficient_funds' },
  pm_card_chargeDeclinedExpiredCard: { status: 'requires_payment_method', decline: 'expired_card' },
};

const DECLINES: Record<string, string> = {
  card_declined: 'The card was declined. Try another one.',
  insufficient_funds: 'The card has not enough funds. Try another one.',
  expired_card: 'The card has expired. Try another one.',
  authentication_failed: 'The bank could not confirm that it is you. Try again or use another card.',
  unknown_token: 'The test provider does not know this card. Use pm_card_visa.',
};

/**
 * A provider that behaves like Stripe and keeps its own books, for shops without an account anywhere: it takes Stripe's
 * test payment methods and no real cards. Never let it near real goods.
 */
export const testProvider: PaymentProvider = {
  name: 'test',
  async authorize({ key, token, amount }) {
    const card = CARDS[token] ?? { status: 'requires_payment_method', decline: 'unknown_token' };
    const secret = randomBytes(18).toString('base64url');
    const [intent] = await open(
      newId('pi'),
      key,
      card.status,
      card.decline ?? null,
      amount.minor,
      amount.currency,
      secret,
    );
    return shownIntent(intent);
  },
  retrieve: async (ref) => shownIntent((await byId(ref))[0]),
  async find(key) {
    const [intent] = await byKey(key);
    return intent ? shownIntent(intent) : null;
  },
  capture: async (ref) => shownIntent((await capture(ref))[0]),
  giveBack: async (ref) => shownIntent((await giveBack(ref))[0]),
};

/** What the shopper's bank says on the page of `nextAction`; null when the link is not one of ours. */
export async function answerChallenge(ref: string, secret: string, approved: boolean): Promise<ProviderPayment | null> {
  const [intent] = await challenge(
    ref,
    secret,
    approved ? 'requires_capture' : 'requires_payment_method',
    approved ? null : 'authentication_failed',
  );
  return intent ? shownIntent(intent) : null;
}

const STATUSES = {
  requires_action: 'REQUIRES_ACTION',
  requires_capture: 'AUTHORIZED',
  requires_payment_method: 'DECLINED',
  canceled: 'VOIDED',
} as const;

function shownIntent(intent: Intent | undefined): ProviderPayment {
  if (!intent) throw new Error('The test provider has no such payment.');
  const { id, status, decline, refunded, secret } = intent;
  const url = `${paymentsConfig.publicUrl}/test-provider/challenge?payment=${id}&secret=${secret}`;
  return {
    ref: id,
    status: status === 'succeeded' ? (refunded > 0n ? 'REFUNDED' : 'CAPTURED') : STATUSES[status],
    nextAction: status === 'requires_action' ? { type: 'redirect_to_url', url, clientSecret: null } : null,
    refusal: decline ? { code: decline, message: DECLINES[decline] ?? DECLINES.card_declined! } : null,
  };
}

const open = database.statement<Intent>(
  'test-provider.open',
  // The touch of an existing row makes it return as it is: an idempotency key answers with what it did before.
  `INSERT INTO test_intent (id, idempotency_key, status, decline, amount, currency, secret) VALUES ($1, $2, $3, $4, $5, $6, $7)
   ON CONFLICT (idempotency_key) DO UPDATE SET idempotency_key = excluded.idempotency_key RETURNING *`,
);
const byId = database.statement<Intent>('test-provider.by-id', 'SELECT * FROM test_intent WHERE id = $1');
const byKey = database.statement<Intent>(
  'test-provider.by-key',
  'SELECT * FROM test_intent WHERE idempotency_key = $1',
);
const capture = database.statement<Intent>(
  'test-provider.capture',
  `UPDATE test_intent SET status = CASE status WHEN 'requires_capture' THEN 'succeeded' ELSE status END,
     captured = CASE status WHEN 'requires_capture' THEN amount ELSE captured END WHERE id = $1 RETURNING *`,
);
const giveBack = database.statement<Intent>(
  'test-provider.give-back',
  `UPDATE test_intent SET status = CASE status WHEN 'succeeded' THEN status ELSE 'canceled' END, refunded = captured
   WHERE id = $1 RETURNING *`,
);
const challenge = database.statement<Intent>(
  'test-provider.challenge',
  `UPDATE test_intent SET status = CASE status WHEN 'requires_action' THEN $3 ELSE status END,
     decline = CASE status WHEN 'requires_action' THEN $4 ELSE decline END WHERE id = $1 AND secret = $2 RETURNING *`,
);
