import { describe, expect, test } from 'vitest';
import { html } from '../html.ts';
import { orderOf } from '../testing/order-for-mail.ts';
import { orderConfirmationMail } from './order-confirmation.mail.tsx';
import { orderEditedMail } from './order-edited.mail.tsx';
import { passwordResetMail } from './password-reset.mail.tsx';
import { verificationMail } from './verification.mail.tsx';
import { welcomeMail } from './welcome.mail.tsx';

const HOSTILE = `<img src=x onerror="alert('1')">&`;
const ESCAPED = '&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;';

test('html escapes values, not what is HTML already', async () => {
  const item = html`<b title="${HOSTILE}">${1}</b>`;
  expect(html`<p>${HOSTILE}${[item, item]}${null}</p>`.text).toBe(
    `<p>${ESCAPED}<b title="${ESCAPED}">1</b><b title="${ESCAPED}">1</b></p>`,
  );
});

describe('the confirmation', () => {
  test('says what was bought, what it costs, where it goes and how to follow it', async () => {
    const { subject, text, html } = await orderConfirmationMail(orderOf('ord_1'));
    expect(subject).toBe('Your order S-100042 is confirmed');
    expect(text).toBe(`Thank you for your order

Your order S-100042 is confirmed, and we are getting it ready.

Follow the order: http://localhost:3000/order/ord_1?token=secret-of-the-order

2 × Tea glass (Indigo)  €1,048.20
1 × Reading lamp  €39.00

Subtotal: €1,087.20
Delivery: €4.90
Tax included: €174.37
Total: €1,092.10

Delivery: Standard delivery, 2 to 4 days

Ada Lovelace
Hauptstraße 12
10827 Berlin
Germany

Souk
`);
    for (const said of ['Tea glass', ' (Indigo)', '€1,048.20', '€1,092.10', '2 to 4 days', 'Germany']) {
      expect(html).toContain(said);
    }
    expect(html).toContain('href="http://localhost:3000/order/ord_1?token=secret-of-the-order"');
  });

  test('keeps cents exact, in every currency', async () => {
    const yen = { amount: '9007199254740993', currency: 'JPY' };
    const dinar = { amount: '1.005', currency: 'KWD' };
    const { text } = await orderConfirmationMail(
      orderOf('ord_1', { cost: { subtotal: yen, shipping: dinar, tax: dinar, taxIncluded: false, total: yen } }),
    );
    expect(text).toContain('Subtotal: ¥9,007,199,254,740,993\nDelivery: KWD\u00a01.005\nTax: KWD\u00a01.005\n');
  });

  test('escapes what shoppers and sellers wrote', async () => {
    const order = orderOf('ord_1');
    const { html } = await orderConfirmationMail({
      ...order,
      lines: [{ ...order.lines[0]!, title: HOSTILE, options: [{ name: HOSTILE, value: HOSTILE }] }],
      deliveryAddress: { ...order.deliveryAddress, name: HOSTILE, line2: HOSTILE },
      deliveryOption: { title: HOSTILE, estimatedDays: { min: 1, max: 1 } },
    });
    expect(html).not.toContain('<img');
    // Title, option, two lines of the address, the delivery.
    expect(html.split(ESCAPED)).toHaveLength(6);
  });
});

test('the welcome greets by name and carries the token; an advertisement for a name is left out', async () => {
  const { subject, text, html } = await verificationMail({ name: 'Zoë O’Brien', verificationToken: 'a-b_c' });
  expect(subject).toBe('Welcome to Souk: please confirm your address');
  expect(text).toContain('Welcome, Zoë O’Brien\n');
  expect(text).toContain('Confirm the address: http://localhost:3000/account/verify?token=a-b_c\n');
  expect(html).toContain('href="http://localhost:3000/account/verify?token=a-b_c"');
  for (const name of ['Win at http://evil.test', 'evil.test', HOSTILE, null, 'x'.repeat(61)]) {
    const mail = await verificationMail({ name, verificationToken: 'a' });
    expect(mail.text.startsWith('Welcome\n')).toBe(true);
    expect(`${mail.text}${mail.html}`).not.toMatch(/evil|<img|xxx/);
  }
});

test('the welcome follows the proof of the address, and says what the account is for', async () => {
  const { subject, text, oneClick } = await welcomeMail();
  expect([subject, oneClick]).toEqual(['Your account at Souk is ready', undefined]);
  expect(text).toContain('Look around: http://localhost:3000/\n');
});

test('the reset carries its token and says how long it is good', async () => {
  const { subject, text, html } = await passwordResetMail({ resetToken: 'a-b_c' });
  expect(subject).toBe('Choose a new password');
  expect(text).toContain(
    'Choose a new password: http://localhost:3000/account/reset?token=a-b_c\n\nThe link is good for one hour',
  );
  expect(html).toContain('href="http://localhost:3000/account/reset?token=a-b_c"');
});

describe('a change of an order', () => {
  const mail = (balance: string, refund: string) =>
    orderEditedMail(orderOf('ord_1'), { balance, refund, currency: 'EUR' });

  test('that costs more asks for it', async () => {
    const { subject, text } = await mail('15.00', '0.00');
    expect(subject).toBe('Your order S-100042 waits for a payment');
    expect(text).toContain('It costs €15.00 more, and goes on once that is paid.');
    expect(text).toContain('See and pay the order: http://localhost:3000/order/ord_1?token=secret-of-the-order');
  });

  test('that costs less says what goes back; one that costs the same says neither', async () => {
    expect((await mail('0.00', '20.00')).text).toContain('€20.00 goes back to you');
    expect((await mail('0', '0')).text).not.toContain('€');
  });
});
