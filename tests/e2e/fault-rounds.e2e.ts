import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { runRound } from '#tests/faults/round.ts';
import { openWorld, type World } from '#tests/faults/world.ts';
import { dealt } from './dealt.ts';

const SEEDS = { test: [104, 106, 109], stripe: [201, 202] };

// A few of what `npm run test:faults` draws by the hundred.
describe.each(['test', 'stripe'] as const)('money through the provider %s', (provider) => {
  let world: World;
  let placed = 0;
  beforeAll(async () => {
    const { shape, redisUrl } = inject('running');
    world = await openWorld({ shape, redis: redisUrl !== undefined, provider }, () => undefined);
  });
  afterAll(() => world?.close());

  test.each(dealt(SEEDS[provider]))(
    '18, 31, 32, 33: round %i of faults leaves every invariant and every history whole',
    // What a round breaks stays broken: nothing of it is tried again.
    { timeout: 150_000, retry: 0 },
    async (seed) => {
      const { broken, counts, faults } = await runRound(world, seed);
      expect(broken, faults.join(' + ')).toEqual([]);
      placed += counts.placed ?? 0;
    },
  );

  test('orders were placed while things went wrong', () => expect(placed).toBeGreaterThan(0));
});
