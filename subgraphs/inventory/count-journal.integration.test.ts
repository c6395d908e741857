import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { commitStock } from './commit-stock.ts';
import { countJournal } from './count-journal.ts';
import { database } from './database.ts';
import { rebuildStock } from './rebuild-stock.ts';
import { setStock } from './set-stock.ts';
import { BROKEN, brokenStockInvariants } from './stock-invariants.ts';
import { move, moved, openStock, reserve, ship, stocked, times } from './testing/stock-desk.ts';
import { createLocation } from './write-location.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openStock(await createTestDatabase('inventory'));
  await createLocation({ id: 'berlin', title: 'Berlin', priority: 5 });
});
afterAll(() => close());
beforeEach(() =>
  run(
    'TRUNCATE stock_movement, stock, stock_checkpoint; DELETE FROM journal_count; INSERT INTO journal_count DEFAULT VALUES',
  ),
);

const run = async (sql: string, ...values: unknown[]) =>
  (await database.transaction((client) => client.query(sql, values))).rows;

/** As many steps as it takes to come around once; answers what each read. */
async function countOnce(slice = 1_000): Promise<number[]> {
  const read: number[] = [];
  for (;;) {
    const step = await countJournal({ slice, pauseMs: -1_000 });
    if (step === null) throw new Error('Somebody else is counting.');
    read.push(step);
    if (step < slice) return read;
  }
}
/** What was there before the first is settled in the second. */
async function countTwice(): Promise<void> {
  await countOnce();
  await countOnce();
}

/** So many goods that came in and went out again, one by one, long ago. */
async function longJournal(variantId: string, movements: number): Promise<void> {
  await run(
    `INSERT INTO stock_movement (variant_id, location_id, change, reason, at)
     SELECT $1, 'main', CASE WHEN n % 2 = 0 THEN 3 ELSE -2 END, 'SET', now() - interval '40 days' FROM generate_series(1, $2::int) AS n`,
    variantId,
    movements,
  );
  await run(
    'UPDATE stock SET on_hand = (SELECT sum(change) FROM stock_movement m WHERE m.variant_id = $1) WHERE variant_id = $1',
    variantId,
  );
}

/** What the auditor finds in the last minute, and how many movements it read for that. */
const lookNow = () =>
  database.transaction(async (client) => {
    // What this connection has read and not reported yet counts too.
    const readSoFar = async (): Promise<number> =>
      (
        await client.query(
          `SELECT (seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS read FROM pg_stat_xact_user_tables WHERE relname = 'stock_movement'`,
        )
      ).rows[0].read;
    const before = await readSoFar();
    const { rows } = await client.query(BROKEN, [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)]);
    return { found: rows as { subject: string; detail: string }[], read: (await readSoFar()) - before };
  });

/** That each checkpoint is what the journal comes to up to its movement. */
const wrongCheckpoints = () =>
  run(`SELECT c.variant_id, l.key FROM stock_checkpoint c CROSS JOIN jsonb_each_text(c.on_hand) AS l
    WHERE l.value::bigint <> (SELECT coalesce(sum(change), 0) FROM stock_movement m
      WHERE m.variant_id = c.variant_id AND m.location_id = l.key AND m.id <= c.movement_id)`);

async function sell(variantId: string, quantity = 1): Promise<void> {
  const orderId = newId('ord');
  await reserve(orderId, { [variantId]: quantity });
  await commitStock(orderId);
  await ship(moved(move(orderId, 'SHIPPED', { [variantId]: quantity })));
}

test('the audit of what moved now reads what is younger than the checkpoint, however long the journal is', async () => {
  const [variantId] = (await stocked(50)) as [string];
  await longJournal(variantId, 20_000);
  await database.prisma.$executeRaw`VACUUM ANALYZE stock_movement`;
  await sell(variantId);
  expect(await lookNow()).toMatchObject({ found: [], read: expect.toSatisfy((read: number) => read > 20_000) });
  await countTwice();
  await sell(variantId);
  await sell(variantId, 2);
  const { found, read } = await lookNow();
  expect(found).toEqual([]);
  // The pages that those of now lie on, to know that they moved, and these few themselves.
  expect(read).toBeLessThan(2_500);
  expect(await wrongCheckpoints()).toEqual([]);
});

test('a step reads no more than its slice, also where one variant has most of the movements', async () => {
  const [few, many] = (await stocked(5, 5)) as [string, string];
  await longJournal(many, 3_500);
  expect(await countOnce(500)).toEqual([500, 500, 500, 500, 500, 500, 500, 2]);
  await countOnce(7);
  const checkpoints = await run(
    'SELECT variant_id AS id, on_hand, movement_id > 0 AS counted, differs FROM stock_checkpoint ORDER BY movement_id',
  );
  const { onHand } = await database.prisma.stock.findFirstOrThrow({ where: { variantId: many } });
  expect(checkpoints).toEqual([
    { id: few, on_hand: { main: 5 }, counted: true, differs: false },
    { id: many, on_hand: { main: onHand }, counted: true, differs: false },
  ]);
  // Not due again before its pause is over.
  await countOnce();
  await run("UPDATE journal_count SET due_at = now() + interval '1 hour'");
  expect(await countJournal()).toBeNull();
});

test('a movement that was falsified before the checkpoint is found when the count comes by, and told until it is mended', async () => {
  const [variantId, other] = (await stocked(50, 50)) as [string, string];
  await longJournal(variantId, 3_000);
  await run("UPDATE stock_movement SET at = now() - interval '40 days'");
  await countTwice();
  const [{ id }] = (await run(
    "SELECT min(id) AS id FROM stock_movement WHERE variant_id = $1 AND reason = 'SET'",
    variantId,
  )) as [{ id: string }];
  await run('UPDATE stock_movement SET change = change + 7 WHERE id = $1', id);
  await sell(other);
  expect((await lookNow()).found).toEqual([]);

  await countOnce(700);
  const { onHand } = await database.prisma.stock.findFirstOrThrow({ where: { variantId } });
  const found = [
    {
      invariant: 'on-hand',
      subject: `${variantId}@main`,
      detail: `${onHand} on hand, its journal comes to ${onHand + 7}`,
    },
  ];
  expect((await lookNow()).found).toEqual(found);
  await countOnce();
  expect((await lookNow()).found).toEqual(found);

  await run('UPDATE stock_movement SET change = change - 7 WHERE id = $1', id);
  await countOnce();
  expect((await lookNow()).found).toEqual([]);
});

test('stock that never moved, and a journal that was torn out, are found as well; counting the stock anew ends it at once', async () => {
  const [torn, raised, fine] = (await stocked(50, 0, 3)) as [string, string, string];
  await countTwice();
  await run('DELETE FROM stock_movement WHERE variant_id = $1', torn);
  await run('UPDATE stock SET on_hand = 4 WHERE variant_id = $1', raised);
  await run("UPDATE stock_movement SET at = now() - interval '2 days'");
  expect((await lookNow()).found).toEqual([]);
  await countOnce();
  expect((await lookNow()).found.map(({ subject, detail }) => [subject, detail]).sort()).toEqual(
    [
      [`${torn}@main`, '50 on hand, its journal comes to 0'],
      [`${raised}@main`, '4 on hand, its journal comes to 0'],
    ].sort(),
  );
  await rebuildStock(torn);
  await rebuildStock(raised);
  expect((await lookNow()).found).toEqual([]);
  await sell(fine, 3);
  expect(await brokenStockInvariants()).toEqual([]);
});

test("a movement that comes to light after a younger one was counted is in nobody's checkpoint, and missed by none", async () => {
  const [variantId] = (await stocked(50)) as [string];
  await countTwice();
  const late = await database.transaction(async (client) => {
    await client.query(
      "INSERT INTO stock_movement (variant_id, location_id, change, reason) VALUES ($1, 'berlin', 2, 'SET')",
      [variantId],
    );
    await client.query("INSERT INTO stock (variant_id, location_id, on_hand) VALUES ($1, 'berlin', 2)", [variantId]);
    await sell(variantId, 5);
    return countOnce();
  });
  expect(late).toEqual([2]);
  expect((await lookNow()).found).toEqual([]);
  expect(await wrongCheckpoints()).toEqual([]);
  await countTwice();
  expect((await lookNow()).found).toEqual([]);
  expect((await run('SELECT on_hand FROM stock_checkpoint WHERE variant_id = $1', variantId))[0]).toEqual({
    on_hand: { main: 45, berlin: 2 },
  });
});

test('four that count at once while goods come and go take turns, and nobody is told of anything', async () => {
  const variantIds = await stocked(...times(20, () => 100));
  let busy = true;
  const counting = times(4, async () => {
    while (busy) await countJournal({ slice: 13, pauseMs: 0 });
  });
  await Promise.all(
    times(40, async (i) => {
      const variantId = variantIds[i % 20]!;
      await sell(variantId, 1 + (i % 3));
      await setStock({ variantId, onHand: 100 + i });
    }),
  );
  expect((await lookNow()).found).toEqual([]);
  busy = false;
  await Promise.all(counting);
  // Wherever the four stopped, it comes around.
  while ((await countJournal({ slice: 1_000, pauseMs: 0 })) === 1_000);
  await countTwice();
  expect(await wrongCheckpoints()).toEqual([]);
  expect((await lookNow()).found).toEqual([]);
  expect(await database.prisma.stockCheckpoint.count({ where: { differs: true } })).toBe(0);
});
