import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FulfillmentMove, fulfillmentsMoved } from '#subgraphs/shipping/contracts/fulfillments-moved.event.ts';
import { customer, type Desk, openDesk } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const WAY = ['PREPARING', 'SHIPPED', 'OUT_FOR_DELIVERY', 'DELIVERED'] as const;
const NOON = Date.UTC(2026, 10, 21, 12);

async function buy(viewer = null as Parameters<Desk['place']>[1]) {
  const cart = desk.neighbors.fillCart({ customerId: viewer?.customerId ?? null });
  const { order, accessToken } = await desk.place({ cartId: cart.id }, viewer);
  await desk.deliver();
  return { id: order!.id, accessToken: accessToken! };
}

const moved = (orderId: string, status: FulfillmentMove['status'], minute = WAY.indexOf(status as never)) => ({
  ...{ fulfillmentId: `ful_${orderId}`, orderId, status },
  at: new Date(NOON + minute * 60_000).toISOString(),
  lines: [],
  progress: progressOf(status),
});

/** Of an order of two units that go in one parcel. */
const progressOf = (status: FulfillmentMove['status']): FulfillmentMove['progress'] => {
  const [prepared, shipped, outForDelivery, delivered] = WAY.map((_, i) => (i <= WAY.indexOf(status as never) ? 2 : 0));
  return {
    sequence: 1,
    ordered: 2,
    prepared: prepared!,
    shipped: shipped!,
    outForDelivery: outForDelivery!,
    delivered: delivered!,
  };
};
const follow = (...moves: FulfillmentMove[]) => desk.hand('orders-follow-shipment', fulfillmentsMoved({ moves }));

interface Row {
  seq: number;
  type: string;
  status: string;
  fulfillment_status: string;
  payment_status: string;
  at: Date;
}
const historyOf = (id: string) =>
  desk.sql<Row>('orders', 'SELECT * FROM order_event WHERE order_id = $1 ORDER BY seq', [id]);
const orderRow = async (id: string) =>
  (
    await desk.sql<{ status: string; fulfillment_status: string; version: number }>(
      'orders',
      'SELECT * FROM orders WHERE id = $1',
      [id],
    )
  )[0]!;
const notices = (id: string) =>
  desk.sql<{ status: string; at: string }>(
    'orders',
    `SELECT payload ->> 'status' AS status, payload ->> 'at' AS at FROM outbox
     WHERE topic = 'orders.order-status-changed.v1' AND payload ->> 'orderId' = $1 ORDER BY payload ->> 'at'`,
    [id],
  );

const LIFE = [
  ['order.placed', 'PENDING_PAYMENT', 'UNFULFILLED'],
  ['order.confirmed', 'CONFIRMED', 'UNFULFILLED'],
  ['payment.captured', 'CONFIRMED', 'UNFULFILLED'],
  ['order.preparing', 'PREPARING', 'UNFULFILLED'],
  ['order.shipped', 'SHIPPED', 'FULFILLED'],
  ['order.out-for-delivery', 'OUT_FOR_DELIVERY', 'FULFILLED'],
  ['order.delivered', 'DELIVERED', 'DELIVERED'],
];

describe('25: the way of a parcel', () => {
  test('each step is recorded in the history with its time, and told to the customer', async () => {
    const { id } = await buy(customer('cus_history'));
    for (const status of WAY) await follow(moved(id, status));
    const history = await historyOf(id);
    expect(history.map(({ type, status, fulfillment_status }) => [type, status, fulfillment_status])).toEqual(LIFE);
    expect(history.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(history.slice(3).map(({ at }) => at.getTime())).toEqual(
      [0, 1, 2, 3].map((minute) => NOON + minute * 60_000),
    );
    expect(await orderRow(id)).toMatchObject({ status: 'DELIVERED', fulfillment_status: 'DELIVERED', version: 7 });
    expect(await notices(id)).toEqual(
      WAY.map((status, i) => ({ status, at: new Date(NOON + i * 60_000).toISOString() })),
    );
  });

  test('a guest is told by mail and by the page, not by notices', async () => {
    const { id } = await buy();
    await follow(moved(id, 'DELIVERED'));
    expect(await notices(id)).toEqual([]);
    expect((await historyOf(id)).map(({ type }) => type)).toEqual(LIFE.map(([type]) => type));
  });

  test('news in any order, doubled, at once: each status is recorded once and in order', async () => {
    const news = fc
      .array(fc.constantFrom(...WAY), { minLength: 0, maxLength: 5 })
      .chain((more) => fc.shuffledSubarray([...WAY, ...more], { minLength: WAY.length + more.length }));
    await fc.assert(
      fc.asyncProperty(news, fc.boolean(), async (statuses, atOnce) => {
        const { id } = await buy(customer('cus_any'));
        const tellings = statuses.map((status) => () => follow(moved(id, status)));
        if (atOnce) await Promise.all(tellings.map((tell) => tell()));
        else for (const tell of tellings) await tell();
        const history = await historyOf(id);
        expect(history.map(({ type, status, fulfillment_status }) => [type, status, fulfillment_status])).toEqual(LIFE);
        expect(history.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
        expect(await orderRow(id)).toMatchObject({ status: 'DELIVERED', version: 7 });
        expect((await notices(id)).map(({ status }) => status).sort()).toEqual([...WAY].sort());
      }),
      { numRuns: 25 },
    );
  });

  test('one event of many orders, some of them twice: each goes its own way', async () => {
    const [a, b, c] = [await buy(), await buy(), await buy()];
    await follow(moved(c.id, 'PREPARING'), moved(a.id, 'SHIPPED'), moved(b.id, 'PREPARING'), moved(a.id, 'PREPARING'));
    expect([await orderRow(a.id), await orderRow(b.id), await orderRow(c.id)].map(({ status }) => status)).toEqual([
      'SHIPPED',
      'PREPARING',
      'PREPARING',
    ]);
    expect((await historyOf(a.id)).map(({ type }) => type)).toEqual(LIFE.slice(0, 5).map(([type]) => type));
  });

  test('the same event twice at once changes nothing the second time', async () => {
    const { id } = await buy();
    const event = fulfillmentsMoved({ moves: [moved(id, 'PREPARING')] });
    await Promise.all([1, 2, 3].map(() => desk.hand('orders-follow-shipment', event)));
    expect(await orderRow(id)).toMatchObject({ status: 'PREPARING', version: 4 });
  });

  test('a cancelled order stays cancelled, and one that waits for its payment does not move', async () => {
    const { id, accessToken } = await buy();
    await desk.ask('mutation($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code } } }', {
      input: { orderId: id, accessToken },
    });
    const cart = desk.neighbors.fillCart();
    const waiting = await desk.place({ cartId: cart.id, token: 'pm_card_threeDSecure2Required' });
    await follow(moved(id, 'SHIPPED'), moved(waiting.order!.id, 'SHIPPED'), moved('ord_nowhere', 'SHIPPED'));
    expect((await orderRow(id)).status).toBe('CANCELLED');
    expect((await orderRow(waiting.order!.id)).status).toBe('PENDING_PAYMENT');
  });

  test('news that waits for another change of the order is not lost', async () => {
    const { id } = await buy();
    let done: Promise<void> | null = null;
    const { database } = (await import('#subgraphs/orders/subgraph.ts')).orders;
    await database.transaction(async (client) => {
      await client.query("UPDATE orders SET version = version + 1, status = 'PREPARING' WHERE id = $1", [id]);
      await client.query(
        "INSERT INTO order_event SELECT id, version, 'order.preparing', '', status, payment_status, fulfillment_status, now() FROM orders WHERE id = $1",
        [id],
      );
      done = follow(moved(id, 'SHIPPED'));
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    await done;
    expect(await orderRow(id)).toMatchObject({ status: 'SHIPPED', version: 5 });
    expect((await historyOf(id)).map(({ seq, status }) => [seq, status]).slice(3)).toEqual([
      [4, 'PREPARING'],
      [5, 'SHIPPED'],
    ]);
  });
});

describe('26: parcels of parts', () => {
  const units = (prepared: number, shipped: number, outForDelivery: number, delivered: number) => ({
    ...{ sequence: prepared + shipped + outForDelivery + delivered, ordered: 2 },
    ...{ prepared, shipped, outForDelivery, delivered },
  });
  const lineOf = async (id: string) =>
    (
      await desk.sql<{ id: string; shipped: number }>('orders', 'SELECT * FROM order_line WHERE order_id = $1', [id])
    )[0]!;

  /** Both parcels, a unit each: the first arrives before the second leaves. */
  async function tellings(id: string) {
    const line = await lineOf(id);
    const lines = [{ lineId: line.id, variantId: 'var_any', quantity: 1 }];
    const steps = [
      ['a', 'PREPARING', units(1, 0, 0, 0)],
      ['a', 'SHIPPED', units(1, 1, 0, 0)],
      ['a', 'OUT_FOR_DELIVERY', units(1, 1, 1, 0)],
      ['a', 'DELIVERED', units(1, 1, 1, 1)],
      ['b', 'PREPARING', units(2, 1, 1, 1)],
      ['b', 'SHIPPED', units(2, 2, 1, 1)],
      ['b', 'OUT_FOR_DELIVERY', units(2, 2, 2, 1)],
      ['b', 'DELIVERED', units(2, 2, 2, 2)],
    ] as const;
    return steps.map(([parcel, status, progress], minute) =>
      fulfillmentsMoved({ moves: [{ ...moved(id, status, minute), fulfillmentId: parcel, lines, progress }] }),
    );
  }

  const IN_PARTS = [
    ...LIFE.slice(0, 4),
    ['order.partially-shipped', 'PREPARING', 'PARTIALLY_FULFILLED'],
    ...LIFE.slice(4),
  ];
  const shownHistory = async (id: string) =>
    (await historyOf(id)).map(({ type, status, fulfillment_status }) => [type, status, fulfillment_status]);

  test('an order is as far as its last unit, and says so when a part has left', async () => {
    const { id } = await buy(customer('cus_parts'));
    const seen: string[] = [];
    for (const event of await tellings(id)) {
      await desk.hand('orders-follow-shipment', event);
      const { status, fulfillment_status } = await orderRow(id);
      seen.push(`${status} ${fulfillment_status}`);
    }
    expect(seen).toEqual([
      'PREPARING UNFULFILLED',
      ...['PREPARING PARTIALLY_FULFILLED', 'PREPARING PARTIALLY_FULFILLED', 'PREPARING PARTIALLY_FULFILLED'],
      ...['PREPARING PARTIALLY_FULFILLED', 'SHIPPED FULFILLED', 'OUT_FOR_DELIVERY FULFILLED', 'DELIVERED DELIVERED'],
    ]);
    expect(await shownHistory(id)).toEqual(IN_PARTS);
    expect((await historyOf(id)).slice(3).map(({ at }) => (at.getTime() - NOON) / 60_000)).toEqual([0, 1, 5, 6, 7]);
    expect((await notices(id)).map(({ status }) => status)).toEqual([...WAY]);
    expect(await lineOf(id)).toMatchObject({ shipped: 2 });
  });

  test('26: news of both at once, doubled, in any order, in one job or several: units are counted once, nothing goes back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        fc.boolean(),
        async (random, inOneJob) => {
          const { id } = await buy();
          // Room to be counted wrong in.
          await desk.sql('orders', 'UPDATE order_line SET quantity = 10 WHERE order_id = $1', [id]);
          const events = await tellings(id);
          const shuffled = [...events, ...events]
            .map((event) => ({ event, at: random.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ event }) => event);
          if (inOneJob) {
            const { followShipment } = await import('#subgraphs/orders/listeners/follow-shipment.listener.ts');
            await followShipment.handle(shuffled as never, null as never);
          } else await Promise.all(shuffled.map((event) => desk.hand('orders-follow-shipment', event)));
          expect(await orderRow(id)).toMatchObject({ status: 'DELIVERED', fulfillment_status: 'DELIVERED' });
          expect((await shownHistory(id)).filter(([type]) => type !== 'order.partially-shipped')).toEqual(LIFE);
          const history = await historyOf(id);
          expect(history.map(({ seq }) => seq)).toEqual(history.map((_, i) => i + 1));
          expect(await lineOf(id)).toMatchObject({ shipped: 2 });
        },
      ),
      { numRuns: 15 },
    );
  });
});

test('the money arrives after the parcel was announced, or twice: paid once, shipping asked once', async () => {
  const cart = desk.neighbors.fillCart();
  const { order } = await desk.place({ cartId: cart.id });
  const delivered = await desk.deliver(3);
  const mine = delivered.filter(({ payload }) => (payload as { orderId?: string }).orderId === order!.id);
  expect(mine.map(({ consumer }) => consumer).sort()).toEqual([
    'discovery-bought-together',
    'inventory-commit-reservation',
    'notifications-confirmation',
    'orders-mark-paid',
    'payments-capture',
    'shipping-prepare-parcel',
  ]);
  const parcel = mine.find(({ consumer }) => consumer === 'shipping-prepare-parcel')!;
  expect(parcel.payload).toEqual({
    ...{ orderId: order!.id, number: order!.number, country: 'DE', city: 'Berlin', backordered: false },
    deliveryOption: { id: 'standard', title: 'Standard', estimatedDays: { min: 2, max: 3 } },
    lines: [
      {
        ...{ lineId: expect.stringMatching(/^line_/), variantId: `var_${cart.id}`, title: 'Lamp', sku: 'LAMP-BLUE' },
        ...{ options: [{ name: 'Color', value: 'Blue' }], imageUrl: null, quantity: 2, weightGrams: 900 },
      },
    ],
  });
  expect((await historyOf(order!.id)).map(({ type }) => type)).toEqual(LIFE.slice(0, 3).map(([type]) => type));
});
