import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { runRound } from '#tests/faults/round.ts';
import { openWorld, type World } from '#tests/faults/world.ts';
import { dealt } from './dealt.ts';

let world: World;

beforeAll(async () => {
  const { shape, redisUrl } = inject('running');
  world = await openWorld(shape, redisUrl !== undefined, () => undefined);
});
afterAll(() => world?.close());

// A few of what `npm run test:faults` draws by the hundred.
test.each(dealt([104, 106, 109]))(
  '31, 32, 33: round %i of faults leaves every invariant and every history whole',
  async (seed) => {
    const { broken, counts, faults } = await runRound(world, seed);
    expect(broken, faults.join(' + ')).toEqual([]);
    expect(counts.placed, 'orders that were placed while things went wrong').toBeGreaterThan(0);
  },
  150_000,
);
