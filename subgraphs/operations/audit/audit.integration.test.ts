import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Context } from '#platform/graphql/context.ts';
import { log } from '#platform/telemetry/log.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from '../database.ts';
import type { Found } from '../rules/order-books.ts';
import { auditAll } from './audit.ts';
import type { Window } from './keep-findings.ts';
import type { Look, Source } from './sources.ts';

const AFTER_MS = 60;
const DAY_MS = 86_400_000;
const nobody = () => new Context('operations', {} as SubgraphTransport, { viewer: null, caller: 'operations' });

/** Books in memory: what is wrong since when, and what is under way. */
class Books implements Source {
  readonly name = 'books';
  readonly windows: Window[] = [];
  readonly wrong = new Map<string, number>();
  underWayAt: number | null = null;
  down = false;

  async look(_: Context, window: Window): Promise<Look> {
    if (this.down) throw new Error('The books are away.');
    this.windows.push(window);
    const inside = (at: number) => at >= window.since.getTime() && at < window.until.getTime();
    const found = [...this.wrong]
      .filter(([, at]) => inside(at))
      .map(([subject]): Found => ({ invariant: 'sum', subject, detail: 'off by one' }));
    return { found, underWay: this.underWayAt !== null && inside(this.underWayAt) };
  }
}

let books: Books;
const audit = () => auditAll(nobody, [books], AFTER_MS);
const findings = () =>
  database.prisma.finding.findMany({ orderBy: { subject: 'asc' } }).then((rows) =>
    rows.map(({ invariant, subject, confirmedAt, closedAt }) => ({
      what: `${invariant} ${subject}`,
      is: closedAt ? 'closed' : confirmedAt ? 'confirmed' : 'suspected',
    })),
  );

const auditedFindings = async () => {
  await audit();
  return findings();
};

beforeAll(() => openTestDatabase(database));

beforeEach(async () => {
  books = new Books();
  await database.transaction((client) => client.query('TRUNCATE finding, watermark, recheck'));
  while (await audit());
  books.windows.length = 0;
});

test('what is found twice, a while apart, is confirmed and told of once; when it is mended it is closed', async () => {
  const alarm = vi.spyOn(log, 'error').mockImplementation(() => undefined);
  books.wrong.set('ord_1', Date.now());
  await sleep(AFTER_MS + 20);
  await audit();
  expect(await findings()).toEqual([{ what: 'books.sum ord_1', is: 'suspected' }]);
  expect(alarm).not.toHaveBeenCalled();

  await sleep(AFTER_MS * 2);
  await audit();
  expect(await findings()).toEqual([{ what: 'books.sum ord_1', is: 'confirmed' }]);
  await sleep(AFTER_MS * 2);
  await audit();
  expect(alarm.mock.calls).toEqual([
    [expect.objectContaining({ alert: 'audit-finding', invariant: 'books.sum', subject: 'ord_1' }), expect.any(String)],
  ]);

  books.wrong.clear();
  await expect.poll(auditedFindings).toEqual([{ what: 'books.sum ord_1', is: 'closed' }]);
  await sleep(AFTER_MS * 6);
  await audit();
  expect(await database.prisma.recheck.count()).toBe(0);
  alarm.mockRestore();
});

test('what was only under way when it was looked at is forgotten, and nobody is told', async () => {
  const alarm = vi.spyOn(log, 'error').mockImplementation(() => undefined);
  books.wrong.set('ord_1', Date.now());
  await sleep(AFTER_MS + 20);
  await audit();
  books.wrong.clear();
  await expect.poll(auditedFindings).toEqual([]);
  expect(alarm).not.toHaveBeenCalled();
  alarm.mockRestore();
});

test('a window in which something is under way is looked at again until it is not; what is found then counts', async () => {
  const at = Date.now();
  books.underWayAt = at;
  await sleep(AFTER_MS + 20);
  await audit();
  expect(await database.prisma.recheck.count()).toBe(1);
  books.underWayAt = null;
  books.wrong.set('ord_9', at);
  await expect.poll(auditedFindings, { timeout: 3_000 }).toEqual([{ what: 'books.sum ord_9', is: 'confirmed' }]);
});

test('windows follow each other without a gap, and never reach what may still move', async () => {
  for (let i = 0; i < 4; i++) {
    await sleep(30);
    await audit();
  }
  expect(books.windows.length).toBeGreaterThan(2);
  for (const [i, { since, until }] of books.windows.entries()) {
    expect(until.getTime()).toBeLessThanOrEqual(Date.now() - AFTER_MS);
    if (i > 0) expect(since.getTime()).toBeLessThan(books.windows[i - 1]!.until.getTime());
  }
});

test('books that were away are looked at from where the last look ended', async () => {
  const warned = vi.spyOn(log, 'warn').mockImplementation(() => undefined);
  books.down = true;
  books.wrong.set('ord_1', Date.now());
  await sleep(AFTER_MS * 2);
  await audit();
  expect(await findings()).toEqual([]);
  books.down = false;
  await audit();
  expect(await findings()).toEqual([{ what: 'books.sum ord_1', is: 'suspected' }]);
  expect(warned).toHaveBeenCalledTimes(1);
  warned.mockRestore();
});

test('an auditor that never looked before goes through the past day by day', async () => {
  await database.transaction((client) => client.query('TRUNCATE watermark'));
  books.wrong.set('ord_old', Date.now() - 20 * DAY_MS);
  let looks = 1;
  while (await audit()) looks++;
  expect(looks).toBe(30);
  expect(await findings()).toMatchObject([{ what: 'books.sum ord_old' }]);
});

test('what stays wrong is looked for in one window, however many have seen it', async () => {
  const alarm = vi.spyOn(log, 'error').mockImplementation(() => undefined);
  books.wrong.set('ord_1', Date.now());
  for (let i = 0; i < 12; i++) {
    await sleep(AFTER_MS);
    await audit();
  }
  expect(await findings()).toEqual([{ what: 'books.sum ord_1', is: 'confirmed' }]);
  expect(await database.prisma.recheck.count()).toBeLessThanOrEqual(5);
  alarm.mockRestore();
});

test('a list that was cut off closes nothing', async () => {
  const at = Date.now();
  for (let i = 0; i < 100; i++) books.wrong.set(`ord_${i}`, at);
  await sleep(AFTER_MS + 20);
  await audit();
  expect(await database.prisma.finding.count()).toBe(100);
  books.wrong.delete('ord_0');
  books.wrong.set('ord_100', at);
  await sleep(AFTER_MS + 20);
  await audit();
  expect(await database.prisma.finding.count({ where: { closedAt: null } })).toBe(101);
});

test('two audits at once keep one finding', async () => {
  books.wrong.set('ord_1', Date.now());
  await sleep(AFTER_MS + 20);
  await Promise.all([audit(), audit(), audit()]);
  expect(await findings()).toMatchObject([{ what: 'books.sum ord_1' }]);
});
