import { expect, test } from 'vitest';
import { refusalOf } from './declines.ts';

test.each([
  ['card_declined', 'insufficient_funds', 'insufficient_funds', 'The card has not enough funds. Try another one.'],
  ['card_declined', 'generic_decline', 'card_declined', 'The card was declined. Try another one.'],
  ['card_declined', 'stolen_card', 'card_declined', 'The card was declined. Try another one.'],
  ['expired_card', undefined, 'expired_card', 'The card has expired. Try another one.'],
  [
    'payment_intent_authentication_failure',
    undefined,
    'authentication_failed',
    'The bank could not confirm that it is you. Try again or use another card.',
  ],
])('%s, %s is told as %s', (code, decline_code, told, message) => {
  expect(refusalOf({ code, decline_code })).toEqual({ code: told, message });
});
