import { expect, test } from 'vitest';
import { orderOf } from '../testing/order-for-mail.ts';
import { orderCancelledMail } from './order-cancelled.mail.ts';
import { orderLookupMail } from './order-lookup.mail.ts';
import { orderRefundedMail } from './order-refunded.mail.ts';
import { returnDecidedMail } from './return-decided.mail.ts';

const LINK = 'http://localhost:3000/order/ord_1?token=secret-of-the-order';

test('a cancellation says why, and what becomes of the money', () => {
  const paid = orderCancelledMail(orderOf('ord_1', { paymentStatus: 'REFUNDED' }), { reason: 'Out of <print>' });
  expect(paid.subject).toBe('Your order S-100042 is cancelled');
  expect(paid.text).toBe(`Your order is cancelled

Your order S-100042 was cancelled. Nothing of it will be sent.

The reason given: Out of <print>

What you paid goes back the way it came. Banks take up to ten days to show it.

See the order: ${LINK}

Souk
`);
  expect(paid.html).toContain('Out of &#60;print&#62;');
  const unpaid = orderCancelledMail(orderOf('ord_1', { paymentStatus: 'VOIDED' }), { reason: null });
  expect(unpaid.text).toContain('You were not charged for it.');
  expect(unpaid.text).not.toContain('reason');
});

test('a refund says how much, exactly, in every currency', () => {
  const { subject, text, html } = orderRefundedMail(orderOf('ord_1'), { amount: '1048.20', currency: 'EUR' });
  expect(subject).toBe('A refund for your order S-100042');
  expect(text).toContain('€1,048.20 goes back to you');
  expect(html).toContain(`href="${LINK}"`);
  const yen = orderRefundedMail(orderOf('ord_1'), { amount: '9007199254740993', currency: 'JPY' });
  expect(yen.text).toContain('¥9,007,199,254,740,993');
});

test('a return is asked for, or refused with the reason', () => {
  const yes = returnDecidedMail(orderOf('ord_1'), { approved: true, reason: null });
  expect(yes.subject).toBe('Your return from order S-100042 is approved');
  expect(yes.text).toContain('Put the number S-100042 into the parcel.');
  const no = returnDecidedMail(orderOf('ord_1'), { approved: false, reason: 'It was worn <often>' });
  expect(no.subject).toBe('About your return from order S-100042');
  expect(no.text).toContain('The reason: It was worn <often>');
  expect(no.html).toContain('It was worn &#60;often&#62;');
  expect(returnDecidedMail(orderOf('ord_1'), { approved: false, reason: null }).text).toContain('Answer this message');
});

test('24: the link of a lookup leads to the page that redeems it', () => {
  const { subject, text } = orderLookupMail({ number: 'S-100042', token: 'a_b-c' });
  expect(subject).toBe('Your order S-100042');
  expect(text).toContain('See it here: http://localhost:3000/orders/lookup?token=a_b-c');
  expect(text).toContain('The link is good for one hour, and once.');
});
