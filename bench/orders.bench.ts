import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ADDRESS } from '#tests/program/shopper.ts';
import { cpuMs } from './cpu.ts';
import { closedLoop, type LeanClient, type Loaded, leanClient, openLoop, percentile } from './load.ts';
import { row } from './report.ts';
import type { BenchShop } from './shop.ts';
import { openStatementCount } from './statements.ts';

const SHOPPERS = 64;
/** What a busy shop has; orderPlace is to answer well below what a shopper notices. */
const OPEN_RATE = 60;

/**
 * Whole purchases over GraphQL, each from a new cart to the answer of orderPlace, with the jobs that follow at work: as
 * many as go, then as many as come.
 */
export async function benchOrders(shop: BenchShop, seconds: number): Promise<void> {
  await plentyOfStock(shop);
  await countStatements(shop);
  const program = await shop.start();
  const client = leanClient(program.routerUrl, 4 * SHOPPERS);
  try {
    const variants = await someVariants(client);
    const purchase = (c: number, round: number) => buy(client, variants, c * 7 + round);
    await closedLoop(SHOPPERS, 4, purchase);
    await untilJobsDone(shop);
    const pid = program.process('all').child.pid!;
    await measure(shop, pid, `purchases, ${SHOPPERS} shoppers in closed loop, ${shop.backend}`, () =>
      closedLoop(SHOPPERS, seconds, purchase),
    );
    // Or it meets the parcels of the closed loop as well, twice as many as its own.
    await untilParcelsArrived(shop);
    await measure(shop, pid, `purchases, ${OPEN_RATE} a second in open loop, ${shop.backend}`, () =>
      openLoop(OPEN_RATE, seconds, (round) => purchase(0, round)),
    );
  } finally {
    await client.close();
    await program.stop();
  }
}

async function measure(shop: BenchShop, pid: number, what: string, load: () => Promise<Loaded>): Promise<void> {
  const before = await outcomes(shop);
  const cpuBefore = { node: cpuMs(pid), postgres: cpuMs(shop.postgresPid), client: process.cpuUsage() };
  const result = await load();
  const behind = await count(
    shop,
    'orders',
    "SELECT count(*)::int AS n FROM orders WHERE payment_status = 'AUTHORIZED'",
  );
  const client = process.cpuUsage(cpuBefore.client);
  const cpu = { node: cpuMs(pid) - cpuBefore.node, postgres: cpuMs(shop.postgresPid) - cpuBefore.postgres };
  const drained = await untilJobsDone(shop);
  const after = await outcomes(shop);
  for (const [name, n] of Object.entries(after)) {
    const made = n - before[name as keyof typeof before];
    if (made !== result.done) throw new Error(`${result.done} purchases were answered, ${made} are ${name}.`);
  }
  row(what, {
    'a second': result.done / result.seconds,
    'p50 ms of orderPlace': percentile(result.latencies, 0.5),
    p95: percentile(result.latencies, 0.95),
    failed: result.failed,
    'not yet captured at the end': behind,
    'jobs done after s': drained,
    'CPU ms each, Node': cpu.node / result.done,
    'CPU ms each, Postgres': cpu.postgres / result.done,
    'CPU ms each, this client': (client.user + client.system) / 1_000 / result.done,
  });
}

/** What each purchase must have become in the end. */
async function outcomes(shop: BenchShop) {
  const [confirmed, captured, mailed, shipped] = await Promise.all([
    count(shop, 'orders', "SELECT count(*)::int AS n FROM orders WHERE status NOT IN ('PENDING_PAYMENT', 'CANCELLED')"),
    count(shop, 'payments', 'SELECT count(*)::int AS n FROM payment WHERE captured > 0'),
    count(shop, 'notifications', "SELECT count(*)::int AS n FROM mailbox WHERE kind = 'order-confirmation'"),
    count(shop, 'shipping', 'SELECT count(DISTINCT order_id)::int AS n FROM fulfillment'),
  ]);
  return { confirmed, captured, mailed, shipped };
}

/** Without a worker first, so that what a shopper waits for and what jobs do are counted apart. */
async function countStatements(shop: BenchShop): Promise<void> {
  const statements = await openStatementCount(shop.postgresUrl);
  const purchases = 50;
  const program = await shop.start({ ROLE: 'api' });
  const client = leanClient(program.routerUrl, 4);
  try {
    const variants = await someVariants(client);
    for (let i = 0; i < 10; i++) await buy(client, variants, i);
    await statements.reset();
    for (let i = 0; i < purchases; i++) await buy(client, variants, i);
    const calls = await statements.byDatabase();
    row('SQL a purchase, cartCreate to the answer of orderPlace', {
      all: calls.reduce((sum, each) => sum + each.calls, 0) / purchases,
      ...Object.fromEntries(calls.map(({ database, calls: n }) => [database, n / purchases])),
    });
  } finally {
    await client.close();
    await program.stop();
    await statements.close();
  }
}

interface CartAnswer {
  cart: { id: string; cost: { total: { amount: string } }; deliveryOptions: { id: string }[] | null } | null;
  userErrors: unknown[];
}

/** Two variants, address, delivery, payment. Answers how long orderPlace took, in milliseconds. */
async function buy(client: LeanClient, variants: readonly string[], n: number): Promise<number> {
  const lines = [0, 1].map((i) => ({ variantId: variants[(n * 2 + i) % variants.length], quantity: 1 }));
  const { cartCreate } = await client.ask<{ cartCreate: CartAnswer }>(
    'mutation($input: CartCreateInput) { cartCreate(input: $input) { cart { id } userErrors { code message } } }',
    { input: { lines, email: 'bench@example.com' } },
  );
  const cartId = must(cartCreate).id;
  const update = `mutation($input: CartDeliveryUpdateInput!) { cartDeliveryUpdate(input: $input) {
    cart { id cost { total { amount } } deliveryOptions { id } } userErrors { code message } } }`;
  const addressed = await client.ask<{ cartDeliveryUpdate: CartAnswer }>(update, {
    input: { cartId, address: ADDRESS },
  });
  const deliveryOptionId = must(addressed.cartDeliveryUpdate).deliveryOptions?.[0]?.id;
  const ready = await client.ask<{ cartDeliveryUpdate: CartAnswer }>(update, { input: { cartId, deliveryOptionId } });
  const expectedTotal = must(ready.cartDeliveryUpdate).cost.total.amount;
  const started = performance.now();
  const { orderPlace } = await client.ask<{ orderPlace: { order: { status: string } | null; userErrors: unknown[] } }>(
    'mutation($input: OrderPlaceInput!) { orderPlace(input: $input) { order { id number status } accessToken userErrors { code message } } }',
    { input: { cartId, idempotencyKey: randomUUID(), expectedTotal, payment: { token: 'pm_card_visa' } } },
  );
  // Its jobs are at work already: it may be a status further by the time it is answered.
  if (!['CONFIRMED', 'PREPARING'].includes(orderPlace.order?.status ?? '')) throw new Error(JSON.stringify(orderPlace));
  return performance.now() - started;
}

function must({ cart, userErrors }: CartAnswer) {
  if (!cart) throw new Error(JSON.stringify(userErrors));
  return cart;
}

async function someVariants(client: LeanClient): Promise<string[]> {
  const { products } = await client.ask<{
    products: { nodes: { variants: { nodes: { id: string; availability: { quantity: number } | null }[] } }[] };
  }>('{ products(first: 60) { nodes { variants(first: 5) { nodes { id availability { quantity } } } } } }');
  return products.nodes
    .flatMap(({ variants }) => variants.nodes)
    .filter(({ availability }) => (availability?.quantity ?? 0) > 1_000)
    .map(({ id }) => id);
}

/** What is measured is the pipeline, not the end of the stock. */
async function plentyOfStock(shop: BenchShop): Promise<void> {
  await shop.databases.query(
    'inventory',
    `WITH more AS (UPDATE stock SET on_hand = on_hand + 10000000 WHERE on_hand > 0 RETURNING variant_id, location_id),
     journal AS (
       INSERT INTO stock_movement (variant_id, location_id, change, reason) SELECT variant_id, location_id, 10000000, 'SET' FROM more)
     SELECT count(*) FROM more`,
  );
}

const untilJobsDone = (shop: BenchShop): Promise<number> =>
  until('The jobs were not done', async () => {
    const open = await count(
      shop,
      'orders',
      "SELECT (SELECT count(*) FROM orders WHERE payment_status = 'AUTHORIZED')::int + (SELECT count(*) FROM outbox)::int AS n",
    );
    const unsent = await count(shop, 'payments', 'SELECT count(*)::int AS n FROM outbox');
    return open + unsent === 0;
  });

const untilParcelsArrived = (shop: BenchShop): Promise<number> =>
  until('The parcels did not arrive', async () => {
    const moving = 'SELECT count(*)::int AS n FROM fulfillment WHERE next_move_at IS NOT NULL';
    return (await count(shop, 'shipping', moving)) === 0;
  });

/** Tells how many seconds it took. */
async function until(failure: string, isSo: () => Promise<boolean>): Promise<number> {
  const began = performance.now();
  for (const end = began + 120_000; performance.now() < end; await sleep(200))
    if (await isSo()) return (performance.now() - began) / 1_000;
  throw new Error(`${failure} within two minutes.`);
}

async function count(shop: BenchShop, database: string, sql: string): Promise<number> {
  const [first] = await shop.databases.query<{ n: number }>(database, sql);
  return first?.n ?? Number.NaN;
}
