import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { live } from '#platform/live/live.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { setStockPolicy } from './set-stock-policy.ts';
import { followStock } from './stock-changed.subscription.ts';
import { stockTopic } from './stock-news.ts';
import { openStock, reserve, stocked, times } from './testing/stock-desk.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openStock(await createTestDatabase('inventory'));
});
afterAll(() => close());

test('a hundred sales of a variant wake its followers a few times, who read together and hear how it ended', async () => {
  const [variantId] = (await stocked(500)) as [string];
  const publish = vi.spyOn(live, 'publish');
  const followers = times(50, () => followStock(variantId));
  const heard = followers.map(() => [] as (number | null | undefined)[]);
  const following = followers.map(async (changes, i) => {
    for await (const variant of changes) heard[i]!.push(variant?.availability?.quantity);
  });
  await vi.waitFor(() => expect(heard.every(([first]) => first === 500)).toBe(true));
  for (let round = 0; round < 20; round++) {
    await Promise.all(times(5, () => reserve(newId('ord'), { [variantId]: 1 })));
    await sleep(10);
  }
  await vi.waitFor(() => expect(heard.every((quantities) => quantities.at(-1) === 400)).toBe(true));
  const woken = publish.mock.calls.filter(([topic]) => topic === stockTopic(variantId)).length;
  expect(woken).toBeGreaterThan(0);
  expect(woken).toBeLessThan(25);
  expect(heard.every((quantities) => quantities.length <= woken + 1)).toBe(true);
  for (const changes of followers) await changes.return?.();
  await Promise.all(following);
  publish.mockRestore();
});

test('followers that are woken at once cost one reading', async () => {
  const [variantId] = (await stocked(3)) as [string];
  const followers = times(200, () => followStock(variantId));
  const query = vi.spyOn(pg.Client.prototype, 'query');
  await Promise.all(followers.map((changes) => changes.next()));
  const readings = query.mock.calls.filter(([sent]) => (sent as { name?: string }).name === 'inventory.promisable');
  query.mockRestore();
  expect(readings).toHaveLength(1);
  for (const changes of followers) await changes.return?.();
});

test('a policy is news though the quantity stays', async () => {
  const [variantId] = (await stocked(0)) as [string];
  const changes = followStock(variantId);
  expect((await changes.next()).value?.availability?.backorderable).toBe(false);
  const next = changes.next();
  await setStockPolicy({ variantId, backorderable: true });
  expect((await next).value?.availability).toMatchObject({ quantity: 0, backorderable: true });
  await changes.return?.();
});
