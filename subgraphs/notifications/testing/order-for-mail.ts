import type { OrderForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** An order as orders tells it to the mail. */
export const orderOf = (id: string, change: Partial<OrderForMail> = {}): OrderForMail => ({
  id,
  number: 'S-100042',
  email: 'ada@example.com',
  placedAt: '2026-11-21T08:00:00.000Z',
  paymentStatus: 'AUTHORIZED',
  accessToken: 'secret-of-the-order',
  customerId: null,
  lines: [
    { title: 'Tea glass', options: [{ name: 'Color', value: 'Indigo' }], quantity: 2, total: eur('1048.20') },
    { title: 'Reading lamp', options: [], quantity: 1, total: eur('39.00') },
  ],
  cost: {
    subtotal: eur('1087.20'),
    shipping: eur('4.90'),
    tax: eur('174.37'),
    taxIncluded: true,
    total: eur('1092.10'),
  },
  deliveryAddress: {
    name: 'Ada Lovelace',
    line1: 'Hauptstraße 12',
    line2: null,
    postalCode: '10827',
    city: 'Berlin',
    country: 'DE',
  },
  deliveryOption: { title: 'Standard delivery', estimatedDays: { min: 2, max: 4 } },
  ...change,
});
