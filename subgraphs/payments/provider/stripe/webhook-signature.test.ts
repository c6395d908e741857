import Stripe from 'stripe';
import { expect, test } from 'vitest';
import { signedEvent } from './webhook-signature.ts';

const SECRET = 'whsec_1';
const BODY = JSON.stringify({ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded' });
const NOW = new Date('2026-11-21T06:00:00Z');
const seconds = NOW.getTime() / 1_000;
const header = (apart = 0, secret = SECRET, payload = BODY) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: seconds + apart });
const read = (signature: string | undefined, body = BODY) => signedEvent(Buffer.from(body), signature, SECRET, NOW);

test('20: what Stripe signed just now is taken, clocks apart by some minutes too', () => {
  for (const apart of [0, -300, 300]) expect(read(header(apart))).toMatchObject({ event: { id: 'evt_1' } });
});

test('20: another secret, another body, an old or a future time and no signature are refused', () => {
  expect(read(header(0, 'whsec_2'))).toEqual({ refused: 'bad_signature' });
  expect(read(header(), `${BODY} `)).toEqual({ refused: 'bad_signature' });
  expect(read(header(-301))).toEqual({ refused: 'too_old' });
  expect(read(header(301))).toEqual({ refused: 'in_the_future' });
  // The SDK alone would take it: that is why the time is checked here.
  const tomorrow = Math.floor(Date.now() / 1_000) + 86_400;
  const ahead = Stripe.webhooks.generateTestHeaderString({ payload: BODY, secret: SECRET, timestamp: tomorrow });
  expect(Stripe.webhooks.constructEvent(BODY, ahead, SECRET)).toMatchObject({ id: 'evt_1' });
  for (const none of [
    undefined,
    '',
    't=1',
    'v1=00',
    `t=${seconds},v1=`,
    `t=${seconds},v1=${'0'.repeat(64)}`,
    't=-1,v1=0',
  ])
    expect(read(none)).toEqual({ refused: 'bad_signature' });
  expect(read(header(0, SECRET, 'no event'), 'no event')).toEqual({ refused: 'malformed' });
});

test('20: two times in one signature do not let an old or a future request pass for a present one', () => {
  for (const apart of [-900, 900]) {
    expect(read(`t=${seconds},${header(apart)}`)).toEqual({ refused: 'bad_signature' });
    expect(read(`${header(apart)},t=${seconds}`)).toEqual({ refused: 'bad_signature' });
  }
});
