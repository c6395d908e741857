import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openTestDatabase } from '#tests/test-database.ts';
import { cancelFulfillments } from './cancel-fulfillments.ts';
import { tick } from './carriers/demo-carrier.ts';
import { shippingAudit } from './contracts/shipping-audit.ts';
import { database } from './database.ts';
import { holdFulfillments, resumeFulfillments } from './hold-fulfillments.ts';
import { ask, askInside, clearDesk, line, makeDue, prepare, someOrders } from './testing/shipping-desk.ts';

vi.mock('./config.ts', () => ({
  shippingConfig: { carrierSpeed: 1_000, isAutomatic: true, easyPost: null, publicUrl: 'http://localhost:5700' },
}));

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());
beforeEach(() => clearDesk());

const WINDOW = { since: '2020-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' };
async function findings(window = WINDOW): Promise<string[]> {
  const { data, errors } = await askInside(shippingAudit.query, window, 'operations');
  expect(errors).toBeUndefined();
  const { shippingAudit: found } = data as unknown as Awaited<{ shippingAudit: Record<string, string>[] }>;
  return found.map(({ invariant, subject, detail }) => `${invariant} ${subject}: ${detail}`);
}
const change = (sql: string) => database.prisma.$executeRawUnsafe(sql);

test('paying, editing, cancelling and carrying at once break nothing', async () => {
  const orders = someOrders(60);
  await Promise.all([
    ...orders.map(async (id, i) => {
      await prepare(id, [line('a', 3), line('b', 1)]);
      const edit = { orderId: id, editId: 'edit_1' };
      if (i % 3 === 0) await cancelFulfillments(id);
      if (i % 3 === 1 && (await holdFulfillments(edit))) await resumeFulfillments({ ...edit, lines: [line('a', 1)] });
    }),
    (async () => {
      for (let i = 0; i < 40; i++) {
        await makeDue();
        await tick();
      }
    })(),
  ]);
  expect(await findings()).toEqual([]);
});

test('each broken invariant is found, with what breaks it', async () => {
  await prepare('ord_1', [line('a', 3)]);
  await makeDue();
  await tick();
  expect(await findings()).toEqual([]);
  const { id } = await database.prisma.fulfillment.findFirstOrThrow();

  await change(`UPDATE dispatch_line SET fulfilled = 2`);
  expect(await findings()).toEqual(['fulfilled ord_1 a: 2 of 3 are sent, 3 are in parcels']);
  await change(`UPDATE dispatch_line SET fulfilled = 3`);

  await change(`UPDATE dispatch SET out_for_delivery = 3`);
  expect(await findings()).toEqual([
    'progress ord_1: 3/3/3/3/0 ordered, prepared, shipped, out and delivered; its parcels come to 3/3/3/0/0',
  ]);
  await change(`UPDATE dispatch SET out_for_delivery = 0`);

  await change(
    `INSERT INTO tracking_event (fulfillment_id, key, status, message) VALUES ('${id}', 'x', 'DELIVERED', 'x')`,
  );
  expect(await findings()).toEqual([expect.stringMatching(`tracking ${id}: SHIPPED, .* as far as DELIVERED was said`)]);
  await change(`DELETE FROM tracking_event WHERE key = 'x'`);

  await change(
    `UPDATE outbox SET created_at = now() - interval '61 seconds' WHERE consumer LIKE 'orders%' AND id = (SELECT min(id) FROM outbox)`,
  );
  expect(await findings()).toHaveLength(
    await database.prisma.outbox.count({ where: { createdAt: { lt: new Date(Date.now() - 61_000) } } }),
  );
});

test('only what changed in the window is looked at, and only for other subgraphs', async () => {
  await prepare('ord_1', [line('a', 3)]);
  await change(`UPDATE dispatch_line SET fulfilled = 2`);
  expect(await findings({ since: WINDOW.since, until: '2021-01-01T00:00:00Z' })).toEqual([]);
  expect(await findings()).toHaveLength(1);
  expect((await ask(shippingAudit.query, WINDOW)).errors?.[0]?.message).toBe('This field is for subgraphs.');
});

test('26: the database itself refuses a line that is sent more often than ordered, and progress that contradicts itself', async () => {
  await prepare('ord_1', [line('a', 3)]);
  await expect(change('UPDATE dispatch_line SET fulfilled = 4')).rejects.toThrow('dispatch_line_fulfilled');
  await expect(change('UPDATE dispatch SET delivered = 1')).rejects.toThrow('dispatch_progress');
});
