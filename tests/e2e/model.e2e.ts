import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { explanations } from '#tests/model/interleavings.ts';
import { modelConfig } from '#tests/model/model.config.ts';
import { openRealShop, type RealShop } from '#tests/model/real-shop.ts';
import { availableOf, type Command, EMPTY_CART, momentsOf, type Shop } from '#tests/model/shop-model.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { type Program, startProgram } from '#tests/program/program.ts';

const VARIANTS = ['tea', 'cup'];
const CARTS = ['ann', 'bob', 'cem'];
/** How long what is still on its way may take to arrive. */
const LOOK_MS = 10_000;
/** Some 600 shops. */
const LONGEST_MS = 300_000;

let databases: ProgramDatabases;
let program: Program;
let real: RealShop;

beforeAll(async () => {
  const { postgresUrl, redisUrl, shape, filesDir, seed } = inject('running');
  const from = { url: (name: string) => seed[`${name.toUpperCase()}_DATABASE_URL`]! } as ProgramDatabases;
  databases = await createProgramDatabases(postgresUrl, from);
  // Nothing is sent by itself, and nothing kept is read: what the model does not know of does not happen.
  const env = { FULFILLMENT: 'manual', CACHE_MIB: '0' };
  program = await startProgram({ shape, databases, redisUrl: redisUrl && `${redisUrl}/5`, filesDir, env });
  real = await openRealShop(program.routerUrl, VARIANTS);
});
afterAll(async () => {
  await program?.stop();
  await databases?.drop();
});

const variant = fc.constantFrom(...VARIANTS);
const cart = fc.constantFrom(...CARTS);
const what = fc.constantFrom('rest' as const, 'part' as const, 'unit' as const, 'unit' as const);
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      cart,
      variant,
      quantity: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        cart,
        card: fc.constantFrom('good' as const, 'good' as const, 'declined' as const),
        n: fc.integer({ min: 1, max: 2 }),
      })
      // A card is part of what a key stands for: the same key with another card is refused.
      .map(({ n, ...rest }) => ({ kind: 'place' as const, key: `key-${n}-${rest.card}`, ...rest })),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('code' as const), cart, has: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('cancel' as const),
      cart,
      by: fc.constantFrom('customer' as const, 'staff' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('refund' as const), cart, what, variant }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('stockSet' as const), variant, onHand: fc.integer({ min: 0, max: 4 }) }),
  },
);
/** A cart is ordered, and staff pay units of one of its lines back until there is none left: by chance alone that is rare. */
const refundsOfOneLine: fc.Arbitrary<Command[][]> = fc
  .record({ cart, variant, times: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 }) })
  .map(({ cart, variant, times }) => [
    [{ kind: 'place', cart, card: 'good', key: 'key-1-good' }],
    ...times.map((n) =>
      Array.from({ length: n }, () => ({ kind: 'refund' as const, cart, what: 'unit' as const, variant })),
    ),
  ]);
const anyBatch = fc.array(command, { minLength: 1, maxLength: 3 });
const rounds = fc.record({
  stock: fc.record(Object.fromEntries(VARIANTS.map((name) => [name, fc.integer({ min: 0, max: 4 })]))),
  /** With what the carts begin. */
  carts: fc.record(
    Object.fromEntries(
      CARTS.map((name) => [name, fc.record({ quantity: fc.integer({ min: 0, max: 1 }), code: fc.boolean() })]),
    ),
  ),
  /** How many orders may hold the discount code. */
  codes: fc.integer({ min: 1, max: 2 }),
  /** What is done at the same time, one batch after the other. */
  batches: fc
    .array(
      fc.oneof({ weight: 6, arbitrary: anyBatch.map((batch) => [batch]) }, { weight: 1, arbitrary: refundsOfOneLine }),
      {
        minLength: 2,
        maxLength: 7,
      },
    )
    .map((stories) => stories.flat()),
});

// Whatever it finds is found: nothing of it is tried again.
test(`9, 11, 13, 14, 16, 21, 27: ${modelConfig.runs} random shops with clients at once: some order of moments explains all that was told`, {
  timeout: 2 * LONGEST_MS,
  retry: 0,
}, async () => {
  const property = fc.asyncProperty(rounds, async ({ stock, carts, codes, batches }) => {
    const beginning: Shop = {
      stock: Object.fromEntries(Object.entries(stock).map(([name, onHand]) => [name, { onHand, reserved: 0 }])),
      carts: Object.fromEntries(
        Object.entries(carts).map(([name, { quantity, code }]) => [
          name,
          { ...EMPTY_CART, code, lines: quantity > 0 ? { tea: quantity } : {} },
        ]),
      ),
      prices: real.prices,
      code: { used: 0, limit: codes },
    };
    await real.begin(beginning);
    let worlds: Shop[] = [beginning];
    for (const batch of batches) {
      const told = await Promise.all(batch.map((each) => real.run(each)));
      const processes = batch.map((each, i) => ({ steps: momentsOf(each), local: {}, observed: told[i]! }));
      const next = explanations(worlds, processes);
      if (next.length === 0) throw new Error(unexplained(worlds, batch, told));
      worlds = next;
    }
    const ends = worlds.map(looksOf);
    let looks = await real.look();
    // A cancellation that was interrupted has told so already; its money and stock may still be on their way back.
    for (const until = Date.now() + LOOK_MS; Date.now() < until; await sleep(100)) {
      if (ends.some((end) => isDeepStrictEqual(end, looks))) break;
      looks = await real.look();
    }
    expect(ends).toContainEqual(looks);
  });
  const { runs, seed, path } = modelConfig;
  await fc.assert(property, {
    numRuns: runs,
    ...(seed === undefined ? {} : { seed }),
    ...(path ? { path } : {}),
    // A failing shop is made smaller for so long at most, then told as it is.
    interruptAfterTimeLimit: LONGEST_MS,
    markInterruptAsFailure: true,
  });
});

const looksOf = (shop: Shop) => ({
  codeUsed: shop.code.used,
  available: Object.fromEntries(VARIANTS.map((name) => [name, availableOf(shop, name)])),
  quantities: Object.fromEntries(
    Object.entries(shop.carts).map(([name, { lines }]) => [name, Object.values(lines).reduce((sum, n) => sum + n, 0)]),
  ),
  paidBack: Object.fromEntries(Object.entries(shop.carts).map(([name, { paidBack }]) => [name, paidBack])),
});

function unexplained(worlds: readonly Shop[], batch: readonly Command[], told: readonly string[]): string {
  const lines = batch.map((each, i) => `  ${JSON.stringify(each)} was told ${told[i]}`);
  return `No order of moments explains this batch:\n${lines.join('\n')}\nbefore it the shop was\n  ${worlds.map((world) => JSON.stringify(world)).join('\n  or ')}\nAgain: MODEL_SEED and MODEL_PATH as told below.`;
}
