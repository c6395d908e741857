import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { Hopeless } from '#platform/queue/queues.ts';
import { type SubgraphTransport, SubgraphUnavailable } from '#platform/transport/transport.ts';
import { customerRegistered, emailVerified, passwordResetRequested } from '#subgraphs/accounts/contracts/accounts.ts';
import type { OrderForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import {
  orderCancelled,
  orderConfirmed,
  orderLookupRequested,
  orderRefunded,
  orderStatusChanged,
  returnDecided,
} from '#subgraphs/orders/contracts/orders.events.ts';
import { giftCardIssued } from '#subgraphs/payments/contracts/gift-cards.ts';
import { fulfillmentsMoved } from '#subgraphs/shipping/contracts/fulfillments-moved.event.ts';
import { eventRoutes } from '#subgraphs/subgraphs.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from '../database.ts';
import { notifications } from '../subgraph.ts';
import { orderOf } from '../testing/order-for-mail.ts';
import { notifyOrderStatus } from './notify-order-status.listener.ts';
import { sendCancellation } from './send-cancellation.listener.ts';
import { sendConfirmation } from './send-confirmation.listener.ts';
import { sendGiftCard } from './send-gift-card.listener.ts';
import { sendOrderLookup } from './send-order-lookup.listener.ts';
import { sendPasswordReset } from './send-password-reset.listener.ts';
import { sendRefund } from './send-refund.listener.ts';
import { sendReturnDecision } from './send-return-decision.listener.ts';
import { sendShipment } from './send-shipment.listener.ts';
import { sendVerification } from './send-verification.listener.ts';
import { sendWelcome } from './send-welcome.listener.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

/** What orders answers, by id. */
let orders: Record<string, OrderForMail> = {};
let ordersAreDown = false;
beforeEach(async () => {
  orders = {};
  ordersAreDown = false;
  await database.prisma.mail.deleteMany();
});

const CARD = { code: '0000-1111-2222-3333', amount: { amount: '5000', currency: 'JPY' } };

const transport: SubgraphTransport = {
  async query(subgraph, { variables }): Promise<ExecutionResult> {
    if (ordersAreDown) throw new SubgraphUnavailable(subgraph, 'it is down');
    if (subgraph === 'payments') return { data: { giftCardForMail: CARD } };
    return { data: { ordersForMail: (variables as { ids: string[] }).ids.map((id) => orders[id] ?? null) } };
  },
  subscribe: () => () => undefined,
  close: async () => undefined,
};
const context = () => new Context('notifications', transport, { viewer: null, caller: 'notifications' });

const mails = () => database.prisma.mail.findMany({ orderBy: { id: 'asc' } });
const handled = (eventId: string) => database.prisma.handled.findMany({ where: { eventId } });

test('the list of subgraphs routes each event to the listener that takes it', () => {
  const routes = eventRoutes();
  const taken = notifications.listeners.flatMap(({ topics, consumer }) =>
    topics.map((topic) => `${topic} ${consumer}`),
  );
  const routed = Object.entries(routes).flatMap(([topic, consumers]) =>
    consumers.filter((consumer) => consumer.startsWith('notifications-')).map((consumer) => `${topic} ${consumer}`),
  );
  expect(routed.sort()).toEqual(taken.sort());
});

test('30: one confirmation, though its job runs ten times at once and once more', async () => {
  const order = orderOf(newId('ord'));
  orders[order.id] = order;
  const event = orderConfirmed({ orderId: order.id });
  await Promise.all(Array.from({ length: 10 }, () => sendConfirmation.handle([event] as never, context())));
  await sendConfirmation.handle([event] as never, context());
  const [mail, ...more] = await mails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({
    kind: 'order-confirmation',
    subjectId: order.id,
    to: 'ada@example.com',
    subject: 'Your order S-100042 is confirmed',
  });
  expect(mail?.text).toContain(`/order/${order.id}?token=secret-of-the-order`);
  expect(await handled(event.id)).toMatchObject([{ eventId: event.id, consumer: 'notifications-confirmation' }]);
});

test('30: after the sale each event has its one mail, though its job runs five times at once', async () => {
  const order = orderOf(newId('ord'), { paymentStatus: 'REFUNDED' });
  orders[order.id] = order;
  const about = { orderId: order.id, number: order.number, customerId: null };
  const refund = (refundId: string) => orderRefunded({ ...about, amount: '9.90', currency: 'EUR', refundId });
  const decided = { orderId: order.id, number: order.number, returnId: newId('ret') };
  const events = [
    [sendCancellation, orderCancelled({ ...about, reason: 'Out of print' })],
    [sendRefund, refund('ref_1')],
    [sendRefund, refund('ref_2')],
    [sendReturnDecision, returnDecided({ ...decided, approved: true, reason: null })],
    [sendReturnDecision, returnDecided({ ...decided, approved: false, reason: 'It was worn' })],
    [sendOrderLookup, orderLookupRequested({ ...about, email: order.email, token: 'secret' })],
  ] as const;
  await Promise.all(
    events.flatMap(([listener, event]) =>
      Array.from({ length: 5 }, () => listener.handle([event] as never, context())),
    ),
  );
  const sent = (await mails()).map(({ kind, to, subject }) => `${kind} ${to}: ${subject}`).sort();
  expect(sent).toEqual([
    'order-cancelled ada@example.com: Your order S-100042 is cancelled',
    'order-lookup ada@example.com: Your order S-100042',
    'order-refunded ada@example.com: A refund for your order S-100042',
    'order-refunded ada@example.com: A refund for your order S-100042',
    'return-decided ada@example.com: About your return from order S-100042',
    'return-decided ada@example.com: Your return from order S-100042 is approved',
  ]);
});

test('30: one confirmation an order, though two events say the same, by themselves or in one job; another order has its own', async () => {
  const [one, other] = [orderOf(newId('ord')), orderOf(newId('ord'))];
  orders = { [one.id]: one, [other.id]: other };
  const events = [one, one, other].map(({ id }) => orderConfirmed({ orderId: id }));
  await Promise.all(
    [events, ...events.map((event) => [event])].map((some) => sendConfirmation.handle(some as never, context())),
  );
  expect((await mails()).map(({ subjectId }) => subjectId).sort()).toEqual([one.id, other.id].sort());
  for (const event of events) expect(await handled(event.id)).toHaveLength(1);
});

test('30: an event of an order that does not exist is hopeless and leaves nothing; a later one goes through', async () => {
  const poison = orderConfirmed({ orderId: 'ord_gone' });
  await expect(sendConfirmation.handle([poison] as never, context())).rejects.toBeInstanceOf(Hopeless);
  expect([await mails(), await handled(poison.id)]).toEqual([[], []]);
  const order = orderOf(newId('ord'));
  orders[order.id] = order;
  await sendConfirmation.handle([orderConfirmed({ orderId: order.id })] as never, context());
  expect(await mails()).toHaveLength(1);
});

test('while orders is down the job fails and may be tried again', async () => {
  const order = orderOf(newId('ord'));
  orders[order.id] = order;
  const event = orderConfirmed({ orderId: order.id });
  ordersAreDown = true;
  const failure = await sendConfirmation.handle([event] as never, context()).catch((reason) => reason);
  expect([failure instanceof SubgraphUnavailable, failure instanceof Hopeless]).toEqual([true, false]);
  expect([await mails(), await handled(event.id)]).toEqual([[], []]);
  ordersAreDown = false;
  await sendConfirmation.handle([event] as never, context());
  expect(await mails()).toHaveLength(1);
});

test('one verification and one welcome a customer, a reset mail for each request, each with its own token', async () => {
  const customerId = newId('cus');
  const email = 'ada@example.com';
  const registered = customerRegistered({ customerId, email, name: 'Ada', verificationToken: 'verify-1' });
  const resets = ['reset-1', 'reset-2'].map((resetToken) => passwordResetRequested({ customerId, email, resetToken }));
  for (let times = 0; times < 2; times++) {
    await sendVerification.handle([registered] as never, context());
    await sendWelcome.handle([emailVerified({ customerId, email })] as never, context());
    for (const reset of resets) await sendPasswordReset.handle([reset] as never, context());
  }
  const found = (await mails()).map(({ kind, to, text }) => [kind, to, /token=([\w-]+)/.exec(text)?.[1]]);
  expect(found.sort()).toEqual([
    ['password-reset', email, 'reset-1'],
    ['password-reset', email, 'reset-2'],
    ['verification', email, 'verify-1'],
    ['welcome', email, undefined],
  ]);
});

test('a gift card comes by one mail, with its code, its worth and the word of who gives it', async () => {
  const event = giftCardIssued({ giftCardId: newId('gift'), email: 'ada@example.com', message: 'Happy <birthday>!' });
  await Promise.all(Array.from({ length: 5 }, () => sendGiftCard.handle([event] as never, context())));
  const [mail, ...more] = await mails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ kind: 'gift-card', to: 'ada@example.com', subject: 'A gift card for Souk, ¥5,000' });
  expect(mail!.text).toContain(`The code of your gift card is ${CARD.code}.`);
  expect(mail!.html).toContain('Happy &#60;birthday&#62;!');
  const plain = giftCardIssued({ giftCardId: newId('gift'), email: 'bob@example.com', message: null });
  await sendGiftCard.handle([plain] as never, context());
  expect((await mails())[1]!.text).not.toContain('birthday');
});

test('a status that shoppers are told of becomes one notification, whatever runs twice; others become none', async () => {
  const customerId = newId('cus');
  const orderId = newId('ord');
  const at = '2026-11-21T08:00:00.000Z';
  const events = ['CONFIRMED', 'SHIPPED', 'DELIVERED', 'toString'].map((status) =>
    orderStatusChanged({ orderId, number: 'S-100042', customerId, status, at }),
  );
  for (const event of events) {
    await Promise.all([1, 2, 3].map(() => notifyOrderStatus.handle([event] as never, context())));
  }
  const rows = await database.prisma.notification.findMany({ where: { customerId }, orderBy: { seq: 'asc' } });
  expect(rows.map(({ id: _, ...row }) => row)).toEqual(
    [
      ['Your order is on its way', 'Order S-100042 was handed to the carrier.'],
      ['Your order has arrived', 'Order S-100042 was delivered.'],
    ].map(([title, body], i) => {
      const row = { customerId, seq: i + 1, title, body, orderId, orderNumber: 'S-100042' };
      return { ...row, readAt: null, createdAt: new Date(at) };
    }),
  );
});

test('a parcel that leaves has its mail, and all of an order that arrived; of what is between nothing is said', async () => {
  const order = orderOf(newId('ord'));
  orders[order.id] = { ...order, lines: order.lines.map((line, i) => ({ ...line, id: `line_${i}` })) };
  const move = (fulfillmentId: string, status: 'SHIPPED' | 'OUT_FOR_DELIVERY' | 'DELIVERED', delivered: number) => ({
    ...{ fulfillmentId, orderId: order.id, status, at: '2026-11-21T08:00:00.000Z' },
    lines: [{ lineId: fulfillmentId === 'ful_1' ? 'line_0' : 'line_1', variantId: 'var_1', quantity: 2 }],
    progress: { sequence: 1, ordered: 3, prepared: 3, shipped: 3, outForDelivery: 3, delivered },
  });
  const moves = [
    move('ful_1', 'SHIPPED', 0),
    move('ful_2', 'SHIPPED', 0),
    move('ful_1', 'OUT_FOR_DELIVERY', 0),
    move('ful_1', 'DELIVERED', 2),
    move('ful_2', 'DELIVERED', 3),
  ];
  const unknown = { ...move('ful_3', 'SHIPPED', 0), orderId: 'ord_gone' };
  const events = [
    fulfillmentsMoved({ moves: moves.slice(0, 3) }),
    fulfillmentsMoved({ moves: [...moves.slice(3), unknown] }),
  ];
  await Promise.all(
    [events, events, ...events.map((event) => [event])].map((some) => sendShipment.handle(some as never, context())),
  );
  expect((await mails()).map(({ kind, subjectId, to }) => `${kind} ${subjectId} ${to}`).sort()).toEqual([
    `order-delivered ${order.id} ada@example.com`,
    'order-shipped ful_1 ada@example.com',
    'order-shipped ful_2 ada@example.com',
  ]);
});
