import { afterAll, beforeAll, expect, test } from 'vitest';
import { setRoutes } from '#platform/outbox/routes.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { announceTurns } from './announce-turns.ts';
import { stockTurned } from './contracts/inventory.events.ts';
import { database } from './database.ts';
import { releaseStock } from './release-stock.ts';
import { reserveStock } from './reserve-stock.ts';
import { seedStock } from './seed-stock.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
  setRoutes({ [stockTurned.topic]: ['catalog-follow-stock'] });
});
afterAll(async () => {
  setRoutes({});
  await close();
});

/** What is announced since the last look, in order. */
async function told(): Promise<{ variants: { variantId: string; inStock: boolean }[]; sequence: number }[]> {
  while ((await announceTurns()) > 0);
  const rows = await database.prisma.outbox.findMany({ where: { topic: stockTurned.topic } });
  await database.prisma.outbox.deleteMany();
  const payloads = rows.map(({ payload }) => payload as unknown as Awaited<ReturnType<typeof told>>[number]);
  return payloads.sort((a, b) => a.sequence - b.sequence);
}

const reserve = (orderId: string, quantity: number) =>
  reserveStock({ orderId, lines: [{ variantId: 'var_cup', quantity }], seconds: 60 });

test('only what runs out or comes back is told, as it is when it is told', async () => {
  await seedStock([
    { variantId: 'var_cup', onHand: 3 },
    { variantId: 'var_none', onHand: 0 },
  ]);
  expect((await told()).map(({ variants }) => variants)).toEqual([[{ variantId: 'var_cup', inStock: true }]]);
  await reserve('ord_1', 2);
  expect(await told()).toEqual([]);
  await reserve('ord_2', 1);
  expect((await told()).map(({ variants }) => variants)).toEqual([[{ variantId: 'var_cup', inStock: false }]]);
  await releaseStock('ord_2');
  await reserve('ord_3', 1);
  await releaseStock('ord_1');
  const [news, ...more] = await told();
  expect([news?.variants, more]).toEqual([[{ variantId: 'var_cup', inStock: true }], []]);
});

test('sweepers at once tell each turn once, and the last of them what is true', async () => {
  for (let turn = 0; turn < 5; turn++) {
    await reserve(`ord_race_${turn}`, 2);
    await Promise.all([announceTurns(), releaseStock(`ord_race_${turn}`), announceTurns()]);
  }
  const all = await told();
  expect(new Set(all.map(({ sequence }) => sequence)).size).toBe(all.length);
  expect(all.at(-1)?.variants).toEqual([{ variantId: 'var_cup', inStock: true }]);
});
