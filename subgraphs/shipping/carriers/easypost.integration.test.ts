import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { startFakeEasyPost } from '#tests/fake-carrier/fake-easypost.ts';
import { signWebhook } from '#tests/fake-carrier/fake-easypost.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { cancelFulfillments } from '../cancel-fulfillments.ts';
import { shippingConfig } from '../config.ts';
import { carrierWebhook } from '../contracts/carrier-webhook.ts';
import { database } from '../database.ts';
import { holdFulfillments, resumeFulfillments } from '../hold-fulfillments.ts';
import { makeLabelGrant } from '../labels/label-link.ts';
import { readLabel } from '../labels/read-label.ts';
import {
  ask,
  askInside,
  clearDesk,
  context,
  knownOrders,
  line,
  linesOf,
  movesOf,
  parcelsOf,
  prepare,
  seenByStaff,
  someOrders,
} from '../testing/shipping-desk.ts';
import { runErrands } from './carrier-errands.ts';
import { shopCarrier } from './choose-carrier.ts';
import { hearWebhook } from './hear-webhook.ts';

vi.mock('../config.ts', async () => {
  const { API_KEY, startFakeEasyPost, WEBHOOK_SECRET } = await import('#tests/fake-carrier/fake-easypost.ts');
  const fake = await startFakeEasyPost();
  const easyPost = { apiKey: API_KEY, webhookSecret: WEBHOOK_SECRET, from: 'adr_1', url: fake.url, deadlineMs: 800 };
  const shippingConfig = {
    carrierSpeed: 1,
    isAutomatic: true,
    carrier: 'easypost',
    easyPost,
    publicUrl: 'http://localhost:5700',
    fake,
  };
  return { shippingConfig };
});
const { fake } = shippingConfig as unknown as { fake: Awaited<ReturnType<typeof startFakeEasyPost>> };

const counted = vi.hoisted(() => [] as string[]);
vi.mock('#platform/telemetry/metrics.ts', async (original) => ({
  ...(await original<typeof import('#platform/telemetry/metrics.ts')>()),
  counter: (name: string) => ({
    add: (_: number, { carrier, outcome }: { carrier: string; outcome: string }) =>
      counted.push(`${name} ${carrier} ${outcome}`),
  }),
}));

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(async () => {
  await close();
  await fake.close();
});
beforeEach(async () => {
  await clearDesk();
  for (const list of [fake.shipments, fake.requests]) list.splice(0);
  fake.forgive();
});

const ADDRESS = {
  ...{ name: 'Ada Kern', line1: 'Große Elbstraße 145', line2: null, city: 'Hamburg', region: null },
  ...{ postalCode: '22767', country: 'DE', phone: null },
};
async function buy(orderId: string): Promise<string> {
  knownOrders.set(orderId, { id: orderId, number: 'S-1001', email: 'ada@souk.test', deliveryAddress: ADDRESS });
  await prepare(orderId, [line('a', 3)]);
  return (await parcelsOf(orderId))[0]!.id;
}
const errands = () => runErrands(shopCarrier!, context(null, 'shipping'));
/** Whatever waits for a pause or a lease is due now. */
const hurry = () =>
  database.prisma
    .$executeRaw`UPDATE fulfillment SET errand_at = now() - interval '1 second' WHERE errand_at > now() - interval '1 second' AND status <> 'DELIVERED'`;
async function again(): Promise<void> {
  await hurry();
  await errands();
}
const row = (id: string) => database.prisma.fulfillment.findUniqueOrThrow({ where: { id } });
const bought = () => fake.shipments.filter((shipment) => shipment.bought).length;
const hear = (webhook: ReturnType<typeof signWebhook>) => hearWebhook({ carrier: 'easypost', ...webhook });

test('a parcel is handed over: the cheapest way in time is bought, and staff gets its label', async () => {
  const id = await buy('ord_1');
  expect(await row(id)).toMatchObject({ status: 'PREPARING', carrier: 'EasyPost', trackingNumber: null });
  expect((await seenByStaff('ord_1'))[0]).toMatchObject({ labelUrl: null, trouble: null });
  await errands();
  const [shipment] = fake.shipments;
  // 1,200 grams are 42.4 ounces.
  expect(shipment).toMatchObject({ reference: id, weight: 42.4, bought: true });
  expect(shipment?.to).toMatchObject({ name: 'Ada Kern', street1: 'Große Elbstraße 145', zip: '22767', country: 'DE' });
  expect(await row(id)).toMatchObject({
    ...{ carrier: 'DHLParcel', trackingNumber: shipment?.tracking_code, carrierRef: shipment?.id, trouble: null },
    trackingUrl: `https://track.easypost.com/${shipment?.id}`,
    estimatedDelivery: new Date('2031-05-04T00:00:00Z'),
  });
  const [seen] = await seenByStaff('ord_1');
  expect(seen?.labelUrl).toMatch(`http://localhost:5700/labels/${id}.pdf?grant=`);
  const label = await readLabel(context(), id, makeLabelGrant(id));
  expect(label?.toString()).toBe(`%PDF-1.4 label of ${shipment?.id}.pdf`);
  expect(await readLabel(context(), id, makeLabelGrant('ful_other'))).toBeNull();
  expect(await readLabel(context(), id, makeLabelGrant(id, Date.now() - 601_000))).toBeNull();
});

for (const deed of ['error-before', 'error-after', 'drop-before', 'drop-after', 'slow'] as const)
  for (const step of ['POST /v2/shipments$', 'POST /v2/shipments/:id/buy'])
    test(`a carrier that fails by ${deed} at ${step} is asked again, and is paid once`, async () => {
      const id = await buy('ord_1');
      fake.misbehave(new RegExp(step), deed, deed);
      await errands();
      const { trouble, status, errandTries } = await row(id);
      expect({ status, errandTries }).toEqual({ status: 'PREPARING', errandTries: 1 });
      expect(trouble).toMatch(/^EasyPost (answered 50|could not be reached|did not answer)/);
      expect((await seenByStaff('ord_1'))[0]?.trouble).toBe(trouble);
      // It waits for its pause.
      await errands();
      expect((await row(id)).errandTries).toBe(1);
      // One more than the misdeeds: a dropped connection may take the next request along.
      for (let i = 0; i < 3; i++) await again();
      expect(await row(id)).toMatchObject({ trouble: null, trackingNumber: expect.any(String) });
      expect(bought()).toBe(1);
    });

test('a carrier that is down keeps the parcel, with longer and longer pauses', async () => {
  const id = await buy('ord_1');
  const pauses: number[] = [];
  for (let i = 0; i < 5; i++) {
    fake.misbehave(/./, ...(Array.from({ length: 3 }, () => 'error-before') as 'error-before'[]));
    await again();
    fake.forgive();
    const { rows } = await database.transaction((client) =>
      client.query<{ ms: number }>(
        'SELECT extract(epoch FROM errand_at - now())::float8 * 1000 AS ms FROM fulfillment',
      ),
    );
    pauses.push(rows[0]!.ms);
  }
  for (const [i, pause] of pauses.entries()) {
    expect(pause).toBeGreaterThan(2_000 * 2 ** i * 0.7);
    expect(pause).toBeLessThan(2_000 * 2 ** i * 1.3);
  }
  expect(await row(id)).toMatchObject({ status: 'PREPARING', trackingNumber: null, errandTries: 5 });
});

test('several processes at once hand each of 20 parcels over once', async () => {
  const ids = await Promise.all(someOrders(20).map(buy));
  await Promise.all(Array.from({ length: 6 }, errands));
  const waiting = () => database.prisma.fulfillment.count({ where: { trackingNumber: null } });
  while ((await waiting()) > 0) await again();
  expect(bought()).toBe(20);
  const owned = await Promise.all(ids.map(async (id) => (await row(id)).trackingNumber));
  expect(owned.sort()).toEqual(fake.shipments.flatMap(({ tracking_code }) => tracking_code ?? []).sort());
});

test('two that take over an errand at the same time buy once', async () => {
  const id = await buy('ord_1');
  fake.misbehave(/buy/, 'drop-after');
  await errands();
  const results = await Promise.all(
    Array.from({ length: 4 }, async () => {
      await hurry();
      return errands();
    }),
  );
  expect(results).toHaveLength(4);
  await again();
  expect(bought()).toBe(1);
  expect((await row(id)).trackingNumber).toBe(fake.shipments.find((shipment) => shipment.bought)?.tracking_code);
});

test('27: a cancelled order takes its parcel back from the carrier, also when the answer to buying was lost', async () => {
  const id = await buy('ord_1');
  await errands();
  expect(await cancelFulfillments('ord_1')).toBe(true);
  await errands();
  expect(fake.shipments[0]?.refund_status).toBe('submitted');
  expect(await row(id)).toMatchObject({ status: 'CANCELLED', errandAt: null });

  const lost = await buy('ord_2');
  fake.misbehave(/buy/, 'drop-after');
  await errands();
  expect(await cancelFulfillments('ord_2')).toBe(true);
  await again();
  expect(fake.shipments[1]).toMatchObject({ reference: lost, bought: true, refund_status: 'submitted' });

  const never = await buy('ord_3');
  await cancelFulfillments('ord_3');
  await again();
  expect(fake.shipments).toHaveLength(2);
  expect(await row(never)).toMatchObject({ status: 'CANCELLED', errandAt: null });
});

test('27: cancelling while the carrier takes the parcel, twenty times: what was bought is given back', async () => {
  const orders = someOrders(20);
  await Promise.all(orders.map(buy));
  const working = Promise.all([errands(), errands(), errands()]);
  await new Promise((resolve) => setTimeout(resolve, 15));
  await Promise.all(orders.map((id) => cancelFulfillments(id)));
  await working;
  await again();
  await again();
  await again();
  expect(fake.shipments.filter(({ bought, refund_status }) => bought && !refund_status)).toEqual([]);
  expect(await database.prisma.fulfillment.count({ where: { status: 'CANCELLED', errandAt: null } })).toBe(20);
});

test('a held order is not handed over until it is resumed', async () => {
  const id = await buy('ord_1');
  await holdFulfillments({ orderId: 'ord_1', editId: 'edit_1' });
  await errands();
  expect(fake.requests).toEqual([]);
  await resumeFulfillments({ orderId: 'ord_1', editId: 'edit_1', lines: null });
  await errands();
  expect((await row(id)).trackingNumber).not.toBeNull();
});

const WAY = ['in_transit', 'out_for_delivery', 'delivered'];
async function scanned(orderId: string) {
  const id = await buy(orderId);
  await errands();
  const webhooks = WAY.map((status, i) => fake.scan(id, status, `2026-01-0${i + 1}T08:00:00Z`, `Stop ${i}`));
  return { id, webhooks };
}

test('19: news of a parcel, fifty times at once and in any order: each is heard once, and the state never goes back', async () => {
  const { id, webhooks } = await scanned('ord_1');
  const [first, second, third] = webhooks;
  await hear(third!);
  await Promise.all(Array.from({ length: 50 }, (_, i) => hear(webhooks[i % 3]!)));
  await hear(second!);
  await hear(first!);
  expect(await parcelsOf('ord_1')).toMatchObject([
    { status: 'DELIVERED', events: ['SHIPPED', 'OUT_FOR_DELIVERY', 'DELIVERED', 'PREPARING'] },
  ]);
  const moves = await movesOf('ord_1');
  expect(moves.map(({ status, at, progress }) => [status, at, progress.sequence])).toEqual([
    ['PREPARING', expect.any(String), 1],
    ['SHIPPED', '2026-01-01T08:00:00.000Z', 2],
    ['OUT_FOR_DELIVERY', '2026-01-02T08:00:00.000Z', 3],
    ['DELIVERED', '2026-01-03T08:00:00.000Z', 4],
  ]);
  expect(await row(id)).toMatchObject({
    ...{ shippedAt: new Date('2026-01-01T08:00:00Z'), deliveredAt: new Date('2026-01-03T08:00:00Z'), errandAt: null },
  });
});

test('a webhook that got lost is made good by asking', async () => {
  const { id } = await scanned('ord_1');
  expect((await row(id)).status).toBe('PREPARING');
  await again();
  expect(await parcelsOf('ord_1')).toMatchObject([{ status: 'DELIVERED' }]);
  expect((await movesOf('ord_1')).map(({ status }) => status)).toEqual([
    'PREPARING',
    'SHIPPED',
    'OUT_FOR_DELIVERY',
    'DELIVERED',
  ]);
});

test('a carrier that cannot be asked where a delivered parcel is, is not asked again', async () => {
  const { id, webhooks } = await scanned('ord_1');
  await hurry();
  fake.misbehave(/GET/, 'slow', 'slow', 'slow');
  await Promise.all([errands(), hear(webhooks[2]!)]);
  expect(await row(id)).toMatchObject({ status: 'DELIVERED', errandAt: null });
});

test('a parcel on its way back is told to staff, and stays where it is', async () => {
  const id = await buy('ord_1');
  await errands();
  await hear(fake.scan(id, 'in_transit', '2026-01-01T08:00:00Z'));
  await hear(fake.scan(id, 'return_to_sender', '2026-01-02T08:00:00Z'));
  expect(await row(id)).toMatchObject({ status: 'SHIPPED', trouble: 'The carrier is bringing the parcel back.' });
});

test('20: a webhook that was changed, signed by another, unsigned, old or from the future is refused without effect', async () => {
  const id = await buy('ord_1');
  await errands();
  const good = fake.scan(id, 'in_transit', '2026-01-01T08:00:00Z');
  const body = Buffer.from(good.body, 'base64').toString();
  const minutes = (count: number) => ({ at: new Date(Date.now() + count * 60_000) });
  for (const bad of [
    signWebhook(body, { secret: 'other' }),
    signWebhook(body, { sent: body.replace('in_transit', 'delivered') }),
    signWebhook(body, minutes(-6)),
    signWebhook(body, minutes(6)),
    { ...good, headers: [] },
    {
      ...good,
      headers: good.headers.map((header) => (header.name === 'x-timestamp' ? { ...header, value: 'now' } : header)),
    },
    { ...good, headers: good.headers.map((header) => (header.name === 'x-path' ? { ...header, value: '/' } : header)) },
    signWebhook('not JSON'),
  ])
    expect(await hear(bad)).toBe(false);
  expect(await hearWebhook({ carrier: 'demo', ...good })).toBe(false);
  expect(await parcelsOf('ord_1')).toMatchObject([{ status: 'PREPARING', events: ['PREPARING'] }]);
  // Nor is one of a parcel that is not ours an error, nor one of another kind.
  expect(await hear(signWebhook(body.replaceAll('shp_', 'shp_other')))).toBe(true);
  expect(await hear(signWebhook('{"object":"Event","result":{"object":"Batch"}}'))).toBe(true);
  expect(await hear(signWebhook(body, minutes(-4)))).toBe(true);
  expect(await parcelsOf('ord_1')).toMatchObject([{ status: 'SHIPPED' }]);
  expect(await linesOf('ord_1')).toEqual(['a 3/3']);
});

test('20: a webhook signed over its body alone is heard; changed, signed by another, too old or replayed it has no effect', async () => {
  const id = await buy('ord_1');
  await errands();
  counted.splice(0);
  const signed = fake.scan(id, 'in_transit', '2026-01-01T08:00:00Z');
  const body = Buffer.from(signed.body, 'base64').toString();
  const hours = (count: number) =>
    JSON.stringify({ ...JSON.parse(body), created_at: new Date(Date.now() + count * 3_600_000).toISOString() });
  const wrongV2 = signed.headers.map((header) =>
    header.name === 'x-hmac-signature-v2' ? { ...header, value: header.value.replace(/.$/, '-') } : header,
  );
  const refused = [
    signWebhook(body, { legacy: true, secret: 'secret' }),
    signWebhook(body, { legacy: true, sent: body.replace('in_transit', 'delivered') }),
    signWebhook(hours(-25), { legacy: true }),
    signWebhook(hours(1), { legacy: true }),
    signWebhook(body.replace('created_at', 'created'), { legacy: true }),
    // Where both are sent, a right one does not make up for the wrong other.
    { ...signed, headers: wrongV2 },
  ];
  for (const bad of refused) expect(await hear(bad)).toBe(false);
  expect(counted).toEqual(refused.map(() => 'souk_carrier_webhooks easypost refused'));
  expect(await parcelsOf('ord_1')).toMatchObject([{ status: 'PREPARING' }]);

  const legacy = signWebhook(body, { legacy: true });
  expect(await hear(legacy)).toBe(true);
  expect(counted.at(-1)).toBe('souk_carrier_webhooks easypost heard');
  expect(await row(id)).toMatchObject({ status: 'SHIPPED', trouble: null });
  const returned = fake.scan(id, 'return_to_sender', '2026-01-02T08:00:00Z');
  await hear(returned);
  await hear(fake.scan(id, 'in_transit', '2026-01-03T08:00:00Z'));
  // Heard again it is answered well, and its trouble is not stirred up again.
  expect(await hear(returned)).toBe(true);
  expect(await row(id)).toMatchObject({ status: 'SHIPPED', trouble: null });
});

test('only the server may hand in webhooks and read labels', async () => {
  const id = await buy('ord_1');
  await errands();
  const input = { carrier: 'easypost', ...fake.scan(id, 'in_transit', '2026-01-01T08:00:00Z') };
  expect((await ask(carrierWebhook.query, { input })).errors?.[0]?.message).toBe('This field is for subgraphs.');
  expect((await askInside(carrierWebhook.query, { input }, 'server')).data).toEqual({ carrierWebhook: true });
});
