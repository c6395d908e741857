import { setTimeout as sleep } from 'node:timers/promises';
import { brokenInvariants } from '#tests/program/invariants.ts';
import { drawFaults } from './faults.ts';
import { answersThatDiffer, cartsThatForget, goneBack, lostOrders, unitsThatDiffer } from './histories.ts';
import { seeded } from './random.ts';
import { type Opening, shop } from './shoppers.ts';
import { brokenStripeBooks } from './stripe-books.ts';
import { nothingTold, type Told } from './told.ts';
import type { World } from './world.ts';

/** What a round did and found; nothing broken is a round that passed. */
export interface RoundResult {
  readonly seed: number;
  readonly faults: readonly string[];
  /** The crash points among them that went off. */
  readonly crashed: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly broken: readonly string[];
  readonly seconds: number;
}

const SHOPPERS = 6;
/** How long shoppers go on, at least, and after the last fault was done, with what it left behind. */
const LOAD_MS = 2_000;
const AFTERWARDS_MS = 1_000;
/** Once all is up again, shoppers buy again: as many of them are answered as there are, within this. */
const SERVED_WITHIN_MS = 30_000;
/** SCENARIOS: nothing stays unfinished for longer than a minute once everything is up again. */
const AT_REST_WITHIN_MS = 60_000;

/** Clients shop while things go wrong and are mended, and until they are served again; then all comes to rest and is looked at. */
export async function runRound(world: World, seed: number): Promise<RoundResult> {
  const began = performance.now();
  const random = seeded(seed);
  const faults = drawFaults(random, world);
  const told = nothingTold();
  const staffToken = await world.staffToken();
  await world.restock(random.fork(), staffToken);
  const open: Opening = { closesAt: Number.POSITIVE_INFINITY };
  const { routerUrl } = world.program;
  const favored = faults.find(({ favors }) => favors)?.favors ?? null;
  const shoppers = Array.from({ length: SHOPPERS }, () =>
    shop({ routerUrl, variants: world.variants, staffToken, favored }, random.fork(), open, told),
  );
  await Promise.all([sleep(LOAD_MS), ...faults.map((fault) => fault.inject(world))]);
  await sleep(AFTERWARDS_MS);
  await world.heal();
  told.healedAt = Date.now();
  const served = await isServed(told);
  open.closesAt = Date.now();
  await Promise.all(shoppers);

  const broken = await untilAtRest(world);
  return {
    seed,
    faults: faults.map(({ kind, detail }) => `${kind}: ${detail}`),
    crashed: world.crashed.splice(0),
    counts: told.counts,
    broken: [
      ...world.endedByThemselves.splice(0),
      ...(served ? [] : [NOT_SERVED]),
      ...broken,
      ...(await brokenHistories(world, told)),
    ],
    seconds: (performance.now() - began) / 1_000,
  };
}

const NOT_SERVED = `everything was up again, and within ${SERVED_WITHIN_MS / 1_000} s ${SHOPPERS} shoppers were not answered`;

async function isServed(told: Told): Promise<boolean> {
  const enough = told.decided + SHOPPERS;
  for (const end = Date.now() + SERVED_WITHIN_MS; told.decided < enough; await sleep(50)) {
    if (Date.now() > end) return false;
  }
  return true;
}

/** Whatever is still broken when everything was up for as long as it may take. */
async function untilAtRest({ databases, stripe }: World): Promise<string[]> {
  let broken: string[] = [];
  for (const end = Date.now() + AT_REST_WITHIN_MS; Date.now() < end; await sleep(250)) {
    broken = [
      ...(await brokenInvariants(databases)),
      ...(stripe ? await brokenStripeBooks(databases, stripe.fake) : []),
    ];
    if (broken.length === 0) return [];
  }
  return broken;
}

async function brokenHistories({ databases }: World, told: Told): Promise<string[]> {
  const orders = await databases.query<{ id: string; status: string; units: number }>(
    'orders',
    'SELECT id, status, (SELECT sum(quantity) FROM order_line WHERE order_id = orders.id)::int AS units FROM orders',
  );
  const now = new Map(orders.map((order) => [order.id, order]));
  return [
    ...goneBack(told.seen),
    ...cartsThatForget(told.carts),
    ...answersThatDiffer(told.answers),
    ...lostOrders(told.answers, told.cancelled, now),
    ...unitsThatDiffer(told.units, now),
    ...told.unanswered,
  ];
}
