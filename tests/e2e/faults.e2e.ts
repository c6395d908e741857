import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { brokenInvariants } from '#tests/program/invariants.ts';
import { type Program, startProgram } from '#tests/program/program.ts';
import { type Cart, fillCart, type Placing, place, variantsInStock } from '#tests/program/shopper.ts';
import { dealtKills } from './dealt.ts';

const running = inject('running');
let databases: ProgramDatabases;
let program: Program;
let api: ApiClient;
let variant: string;

beforeAll(async () => {
  const { postgresUrl, redisUrl, shape, filesDir, seed } = running;
  const from = { url: (name: string) => seed[`${name.toUpperCase()}_DATABASE_URL`]! } as ProgramDatabases;
  databases = await createProgramDatabases(postgresUrl, from);
  // Short leases: what a killed process held, jobs and events too, is taken over within seconds. Jobs of two programs must not mix: another Redis database.
  program = await startProgram({
    shape,
    databases,
    redisUrl: redisUrl && `${redisUrl}/1`,
    filesDir,
    crashes: true,
    env: { CHECKOUT_LEASE_MS: '1000', PAYMENT_DEADLINE_MS: '900', OUTBOX_AGAIN_MS: '5000', JOB_LOCK_MS: '3000' },
  });
  api = apiClient(program.routerUrl);
  variant = (await variantsInStock(api))[0]!.id;
});

afterAll(async () => {
  await program?.stop();
  await databases?.drop();
});

const STEPS = ['freeze', 'create', 'reserve', 'authorize', 'confirm', 'close'];
const DOING = STEPS.flatMap((step) => [`checkout.${step}:before`, `checkout.${step}:after`]);
const UNDOING = ['authorize', 'reserve', 'create', 'freeze'].flatMap((step) => [
  `checkout.${step}:before-undo`,
  `checkout.${step}:after-undo`,
]);

describe('31: SIGKILL at a point of the checkout leaves one terminal state, and the same key answers with it', () => {
  test.each(dealtKills([...DOING, 'payments.authorize:answered']))('%s: the order stands, once', async (point) => {
    const { cart, idempotencyKey } = await placeAndCrash(point, 'pm_card_visa');
    const answer = await untilAnswered(cart, idempotencyKey, 'pm_card_visa');
    expect(answer.userErrors).toEqual([]);
    const orders = await databases.query<{ id: string; status: string }>(
      'orders',
      'SELECT id, status FROM orders WHERE cart_id = $1',
      [cart.id],
    );
    expect(orders).toEqual([
      {
        id: answer.order!.id,
        status: expect.stringMatching(/^(CONFIRMED|PREPARING|SHIPPED|OUT_FOR_DELIVERY|DELIVERED)$/),
      },
    ]);
    expect(
      await databases.query('payments', 'SELECT count(*)::int AS n FROM test_intent WHERE idempotency_key = $1', [
        answer.order!.id,
      ]),
    ).toEqual([{ n: 1 }]);
  });

  test.each(dealtKills(UNDOING))('%s, after a declined card: nothing is held and the cart is open', async (point) => {
    const { cart, idempotencyKey } = await placeAndCrash(point, 'pm_card_chargeDeclined');
    await expect.poll(() => unfinished(), { timeout: 20_000 }).toBe(0);
    const orders = await databases.query('orders', 'SELECT status FROM orders WHERE cart_id = $1', [cart.id]);
    expect(orders).toEqual([{ status: 'CANCELLED' }]);
    const answer = await untilAnswered(cart, idempotencyKey, 'pm_card_visa');
    expect(answer).toMatchObject({ order: { status: 'CONFIRMED' }, userErrors: [] });
  });

  test('and after all of them every invariant holds', async () => {
    await expect
      .poll(async () => (await brokenInvariants(databases)).join('\n'), { timeout: 60_000, interval: 500 })
      .toBe('');
  }, 90_000);
});

/** Places an order, kills the process that does it at the point, then starts that part again. */
async function placeAndCrash(point: string, token: string): Promise<{ cart: Cart; idempotencyKey: string }> {
  const part = point.slice(0, point.indexOf('.')) === 'payments' ? 'payments' : 'orders';
  const doomed = program.process(part);
  const cart = await fillCart(api, [{ variantId: variant, quantity: 1 }]);
  await program.crashAt(point);
  const idempotencyKey = randomUUID();
  // The answer is lost with the process, or is BUSY: either way the shopper asks again.
  const lost = place(api, { cartId: cart.id, idempotencyKey, token }).catch(() => null);
  expect(await doomed.exit).toBe('SIGKILL');
  await program.start(part);
  await lost;
  return { cart, idempotencyKey };
}

async function untilAnswered(cart: Cart, idempotencyKey: string, token: string): Promise<Placing> {
  let answer: Placing | null = null;
  await expect
    .poll(
      async () => {
        answer = await place(api, { cartId: cart.id, idempotencyKey, token }).catch(() => null);
        return answer && answer.userErrors[0]?.code !== 'BUSY';
      },
      { timeout: 30_000, interval: 300 },
    )
    .toBe(true);
  return answer!;
}

async function unfinished(): Promise<number> {
  const [row] = await databases.query<{ n: number }>(
    'orders',
    "SELECT count(*)::int AS n FROM saga WHERE state NOT IN ('DONE', 'REFUSED')",
  );
  return row!.n;
}
