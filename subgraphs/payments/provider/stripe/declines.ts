/** What a shopper may be told of a refused card; the bank's other reasons stay between it and its customer. */
const SENTENCES: Readonly<Record<string, string>> = {
  card_declined: 'The card was declined. Try another one.',
  insufficient_funds: 'The card has not enough funds. Try another one.',
  expired_card: 'The card has expired. Try another one.',
  incorrect_cvc: 'The security code is not right. Check it and try again.',
  incorrect_number: 'The card number is not right. Check it and try again.',
  incorrect_zip: 'The postal code does not fit the card. Check it and try again.',
  card_not_supported: 'This card cannot pay here. Try another one.',
  currency_not_supported: 'This card cannot pay in this currency. Try another one.',
  card_velocity_exceeded: 'The card has reached its limit. Try another one.',
  withdrawal_count_limit_exceeded: 'The card has reached its limit. Try another one.',
  processing_error: 'The bank could not answer. Try again in a minute, or use another card.',
  issuer_not_available: 'The bank could not answer. Try again in a minute, or use another card.',
  try_again_later: 'The bank could not answer. Try again in a minute, or use another card.',
  authentication_failed: 'The bank could not confirm that it is you. Try again or use another card.',
  unknown_token: 'The card could not be read. Enter it again.',
  amount_invalid: 'This amount cannot be paid by card.',
};

/** Stripe's names for what we call otherwise. */
const ALIASES: Readonly<Record<string, string>> = {
  payment_intent_authentication_failure: 'authentication_failed',
  authentication_required: 'authentication_failed',
  invalid_cvc: 'incorrect_cvc',
  invalid_number: 'incorrect_number',
  invalid_expiry_month: 'expired_card',
  invalid_expiry_year: 'expired_card',
};

interface StripeRefusal {
  readonly code?: string | undefined;
  readonly decline_code?: string | undefined;
}

/**
 * A refusal in our words. Reasons such as `lost_card` or `fraudulent` are told as a plain decline, so that a thief learns
 * nothing (docs.stripe.com/declines/codes).
 */
export function refusalOf({ code, decline_code }: StripeRefusal): { code: string; message: string } {
  const known = [decline_code, code].map((name) => ALIASES[name ?? ''] ?? name).find((name) => name && SENTENCES[name]);
  return plainRefusal(known ?? 'card_declined');
}

export const plainRefusal = (code: string): { code: string; message: string } => ({
  code,
  message: SENTENCES[code] ?? SENTENCES.card_declined!,
});
