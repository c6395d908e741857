import { expect, test } from 'vitest';
import { orderOf } from '../testing/order-for-mail.ts';
import { orderCancelledMail } from './order-cancelled.mail.tsx';
import { orderDeliveredMail } from './order-delivered.mail.tsx';
import { orderLookupMail } from './order-lookup.mail.tsx';
import { orderRefundedMail } from './order-refunded.mail.tsx';
import { orderShippedMail } from './order-shipped.mail.tsx';
import { returnDecidedMail } from './return-decided.mail.tsx';

const LINK = 'http://localhost:3000/order/ord_1?token=secret-of-the-order';

test('a cancellation says why, and what becomes of the money', async () => {
  const paid = await orderCancelledMail(orderOf('ord_1', { paymentStatus: 'REFUNDED' }), { reason: 'Out of <print>' });
  expect(paid.subject).toBe('Your order S-100042 is cancelled');
  expect(paid.text).toBe(`Your order is cancelled

Your order S-100042 was cancelled. Nothing of it will be sent.

The reason given: Out of <print>

See the order: ${LINK}

What you paid goes back the way it came. Banks take up to ten days to show it.

Souk
`);
  expect(paid.html).toContain('Out of &#60;print&#62;');
  const unpaid = await orderCancelledMail(orderOf('ord_1', { paymentStatus: 'VOIDED' }), { reason: null });
  expect(unpaid.text).toContain('You were not charged for it.');
  expect(unpaid.text).not.toContain('reason');
});

test('a refund says how much, exactly, in every currency', async () => {
  const { subject, text, html } = await orderRefundedMail(orderOf('ord_1'), { amount: '1048.20', currency: 'EUR' });
  expect(subject).toBe('A refund for your order S-100042');
  expect(text).toContain('€1,048.20 goes back to you');
  expect(html).toContain(`href="${LINK}"`);
  const yen = await orderRefundedMail(orderOf('ord_1'), { amount: '9007199254740993', currency: 'JPY' });
  expect(yen.text).toContain('¥9,007,199,254,740,993');
});

test('a return is asked for, or refused with the reason', async () => {
  const yes = await returnDecidedMail(orderOf('ord_1'), { approved: true, reason: null });
  expect(yes.subject).toBe('Your return from order S-100042 is approved');
  expect(yes.text).toContain('Put the number S-100042 into the parcel.');
  const no = await returnDecidedMail(orderOf('ord_1'), { approved: false, reason: 'It was worn <often>' });
  expect(no.subject).toBe('About your return from order S-100042');
  expect(no.text).toContain('The reason: It was worn <often>');
  expect(no.html).toContain('It was worn &#60;often&#62;');
  expect((await returnDecidedMail(orderOf('ord_1'), { approved: false, reason: null })).text).toContain(
    'Answer this message',
  );
});

test('24: the link of a lookup leads to the page that redeems it', async () => {
  const { subject, text } = await orderLookupMail({ number: 'S-100042', token: 'a_b-c' });
  expect(subject).toBe('Your order S-100042');
  expect(text).toContain('See the order: http://localhost:3000/orders/lookup?token=a_b-c');
  expect(text).toContain('The link is good for one hour, and once.');
});

test('a parcel says what is in it, and whether there is more to come', async () => {
  const order = {
    ...{ id: 'ord_1', number: 'S-100042', email: 'ada@example.com', accessToken: 'secret-of-the-order' },
    lines: [
      { id: 'line_1', title: 'Tea <glass>', options: [{ name: 'Color', value: 'Indigo' }], quantity: 2 },
      { id: 'line_2', title: 'Reading lamp', options: [], quantity: 1 },
    ],
  };
  const part = await orderShippedMail(order, [{ lineId: 'line_1', quantity: 1 }]);
  expect(part.subject).toBe('Part of your order is on its way: S-100042');
  expect(part.text).toBe(`Part of your order is on its way

The carrier has a parcel of your order S-100042 now.

Follow the parcel: ${LINK}

1 × Tea <glass> (Indigo)

The rest comes in a parcel of its own; we write again when it leaves.

Souk
`);
  expect(part.html).toContain('Tea &#60;glass&#62;');
  const all = await orderShippedMail(order, [
    { lineId: 'line_1', quantity: 2 },
    { lineId: 'line_2', quantity: 1 },
  ]);
  expect(all.subject).toBe('Your order is on its way: S-100042');
  const card = { id: 'line_3', title: 'Gift card', options: [], quantity: 1, isGiftCard: true };
  const beside = { ...order, lines: [order.lines[1]!, card] };
  const besideCard = await orderShippedMail(beside, [{ lineId: 'line_2', quantity: 1 }]);
  expect(besideCard.subject).toBe('Your order is on its way: S-100042');
  expect(all.text).toContain('2 × Tea <glass> (Indigo)\n1 × Reading lamp\n\nSouk');
  expect((await orderDeliveredMail(order)).subject).toBe('Your order S-100042 has arrived');
});
