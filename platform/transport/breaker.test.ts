import { describe, expect, test } from 'vitest';
import { Breaker } from './breaker.ts';
import { Bulkhead } from './bulkhead.ts';
import { Deadline } from './deadline.ts';
import { RetryBudget } from './retry-budget.ts';

describe('the breaker', () => {
  const started = () => {
    const clock = { ms: 0 };
    return { clock, breaker: new Breaker({ faultsToOpen: 3, openMs: 100, openMostMs: 350 }, () => clock.ms) };
  };
  const failTimes = (breaker: Breaker, times: number) => {
    for (let n = 0; n < times; n += 1) breaker.failed();
  };

  test('opens at faults in a row, not at as many with an answer between', () => {
    const { breaker } = started();
    failTimes(breaker, 2);
    breaker.succeeded();
    failTimes(breaker, 2);
    expect(breaker.state).toBe('closed');
    breaker.failed();
    expect([breaker.state, breaker.admits()]).toEqual(['open', false]);
  });

  test('half-open lets one through: its answer closes it, its fault opens it for twice as long', () => {
    const { breaker, clock } = started();
    failTimes(breaker, 3);
    const openFor: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const sinceMs = clock.ms;
      while (breaker.state === 'open') clock.ms += 10;
      openFor.push(clock.ms - sinceMs);
      expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
      breaker.failed();
    }
    expect(openFor).toEqual([100, 200, 350, 350]);
    clock.ms += 350;
    expect(breaker.admits()).toBe(true);
    breaker.succeeded();
    expect([breaker.state, breaker.admits(), breaker.admits()]).toEqual(['closed', true, true]);
    failTimes(breaker, 3);
    clock.ms += 100;
    expect(breaker.state).toBe('half-open');
  });

  test('what was sent before it opened neither closes it nor keeps it open', () => {
    const { breaker, clock } = started();
    failTimes(breaker, 3);
    breaker.succeeded();
    expect(breaker.state).toBe('open');
    clock.ms += 90;
    failTimes(breaker, 5);
    clock.ms += 10;
    expect(breaker.state).toBe('half-open');
  });

  test('a try whose end nobody tells does not keep it shut for ever', () => {
    const { breaker, clock } = started();
    failTimes(breaker, 3);
    clock.ms += 100;
    expect(breaker.admits()).toBe(true);
    clock.ms += 349;
    expect(breaker.admits()).toBe(false);
    clock.ms += 1;
    expect(breaker.admits()).toBe(true);
  });
});

test('the bulkhead serves who waits longest, turns away what is too much, and forgets who is late', async () => {
  const bulkhead = new Bulkhead(1, 2);
  const [short, long] = [new Deadline(20), new Deadline(1_000)];
  expect(bulkhead.enter(long)).toBe('in');
  const [first, second] = [bulkhead.enter(short), bulkhead.enter(long)];
  expect([bulkhead.enter(long), bulkhead.running, bulkhead.waiting]).toEqual(['full', 1, 2]);
  expect(await first).toBe('late');
  expect(bulkhead.waiting).toBe(1);
  bulkhead.leave();
  expect(await second).toBe('in');
  bulkhead.leave();
  expect([bulkhead.running, bulkhead.waiting]).toEqual([0, 0]);
  long.clear();
});

test('retries are a share of operations, with a few for a start', () => {
  const budget = new RetryBudget(0.2);
  const spendAll = () => {
    let spent = 0;
    while (budget.spend()) spent += 1;
    return spent;
  };
  expect(spendAll()).toBe(10);
  for (let n = 0; n < 25; n += 1) budget.save();
  // 25 times a fifth, in floating point.
  expect(spendAll()).toBeGreaterThanOrEqual(4);
  for (let n = 0; n < 10_000; n += 1) budget.save();
  expect(spendAll()).toBe(10);
});
