/** What becomes of a test card when it is confirmed, as docs.stripe.com/testing says. */
export interface Card {
  readonly outcome: 'succeeds' | 'asks' | 'declines';
  readonly code?: string;
  readonly declineCode?: string;
  /** What becomes of refunds of it. */
  readonly refunds?: 'pending' | 'failed';
  readonly number?: string;
}

const declined = (declineCode: string, number: string): Card => ({
  outcome: 'declines',
  code: 'card_declined',
  declineCode,
  number,
});

export const CARDS: Readonly<Record<string, Card>> = {
  pm_card_visa: { outcome: 'succeeds', number: '4242424242424242' },
  pm_card_visa_debit: { outcome: 'succeeds', number: '4000056655665556' },
  pm_card_mastercard: { outcome: 'succeeds', number: '5555555555554444' },
  pm_card_amex: { outcome: 'succeeds', number: '378282246310005' },
  pm_card_pendingRefund: { outcome: 'succeeds', refunds: 'pending', number: '4000000000007726' },
  pm_card_refundFail: { outcome: 'succeeds', refunds: 'failed', number: '4000000000005126' },
  pm_card_threeDSecure2Required: { outcome: 'asks', number: '4000000000003220' },
  pm_card_threeDSecureRequired: { outcome: 'asks', number: '4000000000003063' },
  pm_card_authenticationRequired: { outcome: 'asks', number: '4000002760003184' },
  pm_card_chargeDeclined: declined('generic_decline', '4000000000000002'),
  pm_card_chargeDeclinedInsufficientFunds: declined('insufficient_funds', '4000000000009995'),
  pm_card_chargeDeclinedLostCard: declined('lost_card', '4000000000009987'),
  pm_card_chargeDeclinedStolenCard: declined('stolen_card', '4000000000009979'),
  pm_card_chargeDeclinedFraudulent: declined('fraudulent', '4100000000000019'),
  pm_card_chargeDeclinedExpiredCard: { outcome: 'declines', code: 'expired_card', number: '4000000000000069' },
  pm_card_chargeDeclinedIncorrectCvc: { outcome: 'declines', code: 'incorrect_cvc', number: '4000000000000127' },
  pm_card_chargeDeclinedProcessingError: { outcome: 'declines', code: 'processing_error', number: '4000000000000119' },
};

export const cardOfNumber = (number: string): string | null =>
  Object.entries(CARDS).find(([, card]) => card.number === number)?.[0] ?? null;

/** Stripe's own words for a refusal, which are meant for developers. */
export const refusalOf = ({ code, declineCode }: Card) => ({
  type: 'card_error',
  code: code ?? 'card_declined',
  ...(declineCode ? { decline_code: declineCode } : {}),
  message: code === 'card_declined' ? 'Your card was declined.' : `Your card was refused: ${code}.`,
});
