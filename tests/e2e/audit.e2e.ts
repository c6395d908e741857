import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { type Program, startProgram } from '#tests/program/program.ts';
import { buy, signIn, statusesOf, variantsInStock } from '#tests/program/shopper.ts';
import { dealt } from './dealt.ts';

const running = inject('running');
let databases: ProgramDatabases;
let program: Program;
let staff: ApiClient;
let orderId: string;
let variantId: string;

interface Finding {
  invariant: string;
  subject: string;
  means: string | null;
  closedAt: string | null;
}

const findings = async (closed = false) =>
  (
    await staff.ask<{ auditFindings: { nodes: Finding[] } }>(
      'query($closed: Boolean) { auditFindings(first: 100, closed: $closed) { nodes { invariant subject means closedAt } } }',
      { closed },
    )
  ).auditFindings.nodes;

const invariants = async () => new Set((await findings()).map(({ invariant }) => invariant));

beforeAll(async () => {
  const { postgresUrl, redisUrl, shape, filesDir, seed } = running;
  const from = { url: (name: string) => seed[`${name.toUpperCase()}_DATABASE_URL`]! } as ProgramDatabases;
  databases = await createProgramDatabases(postgresUrl, from);
  const env = { AUDIT_EVERY_MS: '200', AUDIT_AFTER_MS: '500', CARRIER_SPEED: '1000' };
  program = await startProgram({ shape, databases, redisUrl: redisUrl && `${redisUrl}/7`, filesDir, env });
  const guest = apiClient(program.routerUrl);
  staff = apiClient(program.routerUrl, await signIn(guest, 'admin@souk.test'));
  const [variant] = await variantsInStock(guest);
  variantId = variant!.id;
  const { order, accessToken } = await buy(guest, [{ variantId, quantity: 1 }]);
  orderId = order.id;
  expect((await statusesOf(guest, order.id, accessToken)).at(-1)).toBe('DELIVERED');
});

afterAll(async () => {
  await program?.stop();
  await databases?.drop();
});

/** What breaks a row by hand and mends it, `<database>: <sql>` each; `$order` and `$variant` are of what was bought. */
interface Breach {
  readonly invariant: string;
  readonly breaks: readonly Sql[];
  readonly mends: readonly Sql[];
}
type Sql = readonly [database: string, sql: string];

// What moves is looked at: these say that it did.
const ORDER_MOVED: Sql = ['orders', 'UPDATE order_event SET at = now() WHERE order_id = $order'];
const STOCK_MOVED: Sql = ['inventory', 'UPDATE stock_movement SET at = now() WHERE variant_id = $variant'];
const CART_MOVED: Sql = ['carts', "UPDATE cart SET expires_at = now() + interval '30 days' WHERE order_id = $order"];
const MONEY_MOVED: Sql = [
  'payments',
  'UPDATE ledger_entry SET at = now() WHERE payment_id IN (SELECT id FROM payment WHERE order_id = $order)',
];
const PARCEL_MOVED: Sql = ['shipping', 'UPDATE dispatch SET updated_at = now() WHERE order_id = $order'];

const breach = (invariant: string, moved: Sql | null, breaks: string, mends: string): Breach => {
  const database = invariant.slice(0, invariant.indexOf('.'));
  return { invariant, breaks: [...(moved ? [moved] : []), [database, breaks]], mends: [[database, mends]] };
};

const forgotten = (invariant: string): Breach =>
  breach(
    invariant,
    null,
    `INSERT INTO outbox (id, topic, consumer, payload, created_at, added_at)
     VALUES ('evt_LOST-nobody', 'shop.lost.v1', 'nobody', '{}', now() - interval '2 minutes', now())`,
    `DELETE FROM outbox WHERE id = 'evt_LOST-nobody'`,
  );

const BREACHES: readonly Breach[] = [
  {
    invariant: 'books.owed',
    breaks: [ORDER_MOVED, ['orders', 'UPDATE orders SET total = total + 1 WHERE id = $order']],
    mends: [['orders', 'UPDATE orders SET total = total - 1 WHERE id = $order']],
  },
  {
    invariant: 'books.goods',
    breaks: [ORDER_MOVED, ['inventory', `UPDATE reservation SET state = 'RELEASED' WHERE order_id = $order`]],
    mends: [['inventory', `UPDATE reservation SET state = 'SHIPPED' WHERE order_id = $order`]],
  },
  {
    invariant: 'books.codes',
    breaks: [ORDER_MOVED, ['orders', `UPDATE orders SET discount_codes = '{NEVER-REDEEMED}' WHERE id = $order`]],
    mends: [['orders', `UPDATE orders SET discount_codes = '{}' WHERE id = $order`]],
  },
  {
    invariant: 'books.gift-cards',
    breaks: [
      ORDER_MOVED,
      [
        'payments',
        `INSERT INTO gift_card (id, code_hash, ending, currency, amount, balance, issue_key, issued_by, order_id, line_id, unit)
         VALUES ('gift_y', 'y', 'Y', 'EUR', 1, 1, 'y', 'y', $order, 'line_y', 1)`,
      ],
    ],
    mends: [['payments', `DELETE FROM gift_card WHERE id = 'gift_y'`]],
  },
  {
    invariant: 'books.cart',
    breaks: [ORDER_MOVED, ['carts', `UPDATE cart SET status = 'FROZEN' WHERE order_id = $order`]],
    mends: [['carts', `UPDATE cart SET status = 'CLOSED' WHERE order_id = $order`]],
  },
  breach(
    'carts.lines',
    CART_MOVED,
    `UPDATE cart SET lines = jsonb_set(lines, '{0,quantity}', '1000') WHERE order_id = $order`,
    `UPDATE cart SET lines = jsonb_set(lines, '{0,quantity}', '1') WHERE order_id = $order`,
  ),
  breach(
    'carts.hold',
    CART_MOVED,
    `UPDATE cart SET status = 'OPEN' WHERE order_id = $order`,
    `UPDATE cart SET status = 'CLOSED' WHERE order_id = $order`,
  ),
  breach(
    'carts.left-frozen',
    null,
    `INSERT INTO cart (id, status, order_id, snapshot, currency, added_keys, updated_at, expires_at)
     VALUES ('cart_left', 'FROZEN', 'ord_of_nobody', '{}', 'EUR', '{}', now() - interval '2 days', now() + interval '28 days')`,
    `DELETE FROM cart WHERE id = 'cart_left'`,
  ),
  breach(
    'carts.one-a-customer',
    null,
    `DROP INDEX cart_one_per_customer;
     INSERT INTO cart (id, customer_id, currency, added_keys, expires_at)
     SELECT 'cart_' || n, 'cus_twice', 'EUR', '{}', now() + interval '30 days' FROM generate_series(1, 2) AS n`,
    `DELETE FROM cart WHERE customer_id = 'cus_twice';
     CREATE UNIQUE INDEX cart_one_per_customer ON cart (customer_id) WHERE status <> 'CLOSED' AND status <> 'CLAIMED'`,
  ),
  breach(
    'pricing.times-used',
    null,
    `INSERT INTO promotion (id, code, title, percent_off, currency, times_used) VALUES ('promo_x', 'XXX', 'x', 1, 'EUR', 2);
     INSERT INTO redemption (order_id, promotion_id, email) VALUES ('ord_of_nobody', 'promo_x', 'x@x.test')`,
    `DELETE FROM redemption WHERE promotion_id = 'promo_x'; DELETE FROM promotion WHERE id = 'promo_x'`,
  ),
  breach(
    'pricing.times-per-customer',
    null,
    `INSERT INTO promotion (id, code, title, percent_off, currency, times_used, usage_limit_per_customer)
     VALUES ('promo_y', 'YYY', 'y', 1, 'EUR', 2, 1);
     INSERT INTO redemption (order_id, promotion_id, email) SELECT 'ord_of_nobody_' || n, 'promo_y', 'y@y.test' FROM generate_series(1, 2) AS n`,
    `DELETE FROM redemption WHERE promotion_id = 'promo_y'; DELETE FROM promotion WHERE id = 'promo_y'`,
  ),
  breach(
    'orders.one-order-a-cart',
    ORDER_MOVED,
    `DROP INDEX orders_one_open_per_cart;
     INSERT INTO orders SELECT (jsonb_populate_record(o, '{"id": "ord_twice", "number": "S-0"}')).* FROM orders o WHERE id = $order`,
    `DELETE FROM orders WHERE id = 'ord_twice';
     CREATE UNIQUE INDEX orders_one_open_per_cart ON orders (cart_id) WHERE status <> 'CANCELLED'`,
  ),
  breach(
    'orders.one-order-a-key',
    ORDER_MOVED,
    `UPDATE idempotency SET cart_id = cart_id || '-other' WHERE order_id = $order`,
    `UPDATE idempotency SET cart_id = replace(cart_id, '-other', '') WHERE order_id = $order`,
  ),
  breach(
    'orders.history-gapless',
    ORDER_MOVED,
    'UPDATE orders SET version = version + 1 WHERE id = $order',
    'UPDATE orders SET version = version - 1 WHERE id = $order',
  ),
  breach(
    'orders.history-never-back',
    ORDER_MOVED,
    `UPDATE order_event SET status = 'RETURNED' WHERE order_id = $order AND status = 'PREPARING'`,
    `UPDATE order_event SET status = 'PREPARING' WHERE order_id = $order AND status = 'RETURNED'`,
  ),
  breach(
    'orders.history-tells-status',
    ORDER_MOVED,
    `UPDATE orders SET status = 'SHIPPED' WHERE id = $order`,
    `UPDATE orders SET status = 'DELIVERED' WHERE id = $order`,
  ),
  breach(
    'orders.units-returned',
    ORDER_MOVED,
    'UPDATE order_line SET returned = returned + 1 WHERE order_id = $order',
    'UPDATE order_line SET returned = returned - 1 WHERE order_id = $order',
  ),
  breach(
    'orders.units-refunded',
    ORDER_MOVED,
    'UPDATE order_line SET refunded = refunded + 1 WHERE order_id = $order',
    'UPDATE order_line SET refunded = refunded - 1 WHERE order_id = $order',
  ),
  breach(
    'orders.saga-parked',
    null,
    `UPDATE saga SET state = 'PARKED' WHERE id = $order AND name = 'checkout'`,
    `UPDATE saga SET state = 'DONE' WHERE id = $order AND name = 'checkout'`,
  ),
  breach(
    'orders.saga-unfinished',
    null,
    `UPDATE saga SET state = 'RUNNING', begun_at = now() - interval '1 hour', lease_until = now() + interval '1 hour'
     WHERE id = $order AND name = 'checkout'`,
    `UPDATE saga SET state = 'DONE' WHERE id = $order AND name = 'checkout'`,
  ),
  forgotten('orders.outbox-unfinished'),
  breach(
    'payments.ledger-sums',
    MONEY_MOVED,
    `UPDATE ledger_entry SET amount = amount + 1 WHERE account = 'clearing' AND kind = 'capture'
       AND payment_id IN (SELECT id FROM payment WHERE order_id = $order)`,
    `UPDATE ledger_entry SET amount = amount - 1 WHERE account = 'clearing' AND kind = 'capture'
       AND payment_id IN (SELECT id FROM payment WHERE order_id = $order)`,
  ),
  breach(
    'payments.ledger-columns',
    MONEY_MOVED,
    'UPDATE payment SET movements = movements + 1 WHERE order_id = $order',
    'UPDATE payment SET movements = movements - 1 WHERE order_id = $order',
  ),
  breach(
    'payments.captured',
    MONEY_MOVED,
    `ALTER TABLE payment DROP CONSTRAINT IF EXISTS payment_captured_within;
     UPDATE payment SET captured = amount + 1 WHERE order_id = $order`,
    'UPDATE payment SET captured = amount WHERE order_id = $order',
  ),
  breach(
    'payments.refunded',
    MONEY_MOVED,
    `ALTER TABLE payment DROP CONSTRAINT IF EXISTS payment_refunded_within;
     UPDATE payment SET refunded = captured + 1 WHERE order_id = $order`,
    'UPDATE payment SET refunded = 0 WHERE order_id = $order',
  ),
  breach(
    'payments.refund-parts',
    MONEY_MOVED,
    'UPDATE payment SET refunded = 1 WHERE order_id = $order',
    'UPDATE payment SET refunded = 0 WHERE order_id = $order',
  ),
  breach(
    'payments.gift-card',
    MONEY_MOVED,
    `INSERT INTO gift_card (id, code_hash, ending, currency, amount, balance, issue_key, issued_by)
     VALUES ('gift_x', 'x', 'X', 'EUR', 100, 100, 'x', 'x');
     INSERT INTO gift_use (id, key, card_id, status, amount) VALUES ('use_x', $order || '/', 'gift_x', 'HELD', 10)`,
    `DELETE FROM gift_use WHERE id = 'use_x'; DELETE FROM gift_card WHERE id = 'gift_x'`,
  ),
  breach(
    'payments.gift-cards-paid',
    MONEY_MOVED,
    `INSERT INTO gift_card (id, code_hash, ending, currency, amount, balance, issue_key, issued_by, order_id, line_id, unit)
     VALUES ('gift_z', 'z', 'Z', 'EUR', 10000000, 10000000, 'z', 'z', $order, 'line_z', 1)`,
    `DELETE FROM gift_card WHERE id = 'gift_z'`,
  ),
  breach(
    'payments.gift-use',
    MONEY_MOVED,
    `UPDATE payment SET provider = 'gift-card' WHERE order_id = $order`,
    `UPDATE payment SET provider = 'test' WHERE order_id = $order`,
  ),
  forgotten('payments.outbox'),
  breach(
    'inventory.on-hand',
    STOCK_MOVED,
    'UPDATE stock SET on_hand = on_hand + 1 WHERE variant_id = $variant',
    'UPDATE stock SET on_hand = on_hand - 1 WHERE variant_id = $variant',
  ),
  breach(
    'inventory.reserved',
    STOCK_MOVED,
    'UPDATE stock SET reserved = reserved + 1 WHERE variant_id = $variant',
    'UPDATE stock SET reserved = reserved - 1 WHERE variant_id = $variant',
  ),
  breach(
    'inventory.available',
    STOCK_MOVED,
    `ALTER TABLE stock DROP CONSTRAINT IF EXISTS stock_available_check;
     UPDATE stock SET reserved = reserved + 100000 WHERE variant_id = $variant`,
    'UPDATE stock SET reserved = reserved - 100000 WHERE variant_id = $variant',
  ),
  forgotten('inventory.outbox'),
  breach(
    'shipping.fulfilled',
    PARCEL_MOVED,
    'UPDATE dispatch_line SET fulfilled = 0 WHERE order_id = $order',
    'UPDATE dispatch_line SET fulfilled = ordered WHERE order_id = $order',
  ),
  breach(
    'shipping.progress',
    PARCEL_MOVED,
    'UPDATE dispatch SET delivered = delivered - 1 WHERE order_id = $order',
    'UPDATE dispatch SET delivered = delivered + 1 WHERE order_id = $order',
  ),
  breach(
    'shipping.tracking',
    PARCEL_MOVED,
    `UPDATE fulfillment SET delivered_at = delivered_at - interval '1 day' WHERE order_id = $order`,
    `UPDATE fulfillment SET delivered_at = delivered_at + interval '1 day' WHERE order_id = $order`,
  ),
  forgotten('shipping.outbox'),
  forgotten('accounts.outbox'),
  forgotten('catalog.outbox'),
  forgotten('reviews.outbox'),
  breach(
    'notifications.one-mail',
    null,
    `DROP INDEX mailbox_kind_subject_id_key; INSERT INTO mailbox (id, kind, subject_id, "to", subject, text, html)
     SELECT 'mail_twice', kind, subject_id, "to", subject, text, html FROM mailbox WHERE subject_id = $order LIMIT 1`,
    `DELETE FROM mailbox WHERE id = 'mail_twice'; CREATE UNIQUE INDEX mailbox_kind_subject_id_key ON mailbox (kind, subject_id)`,
  ),
];

test('a shop whose books agree has no findings', async () => {
  await expect
    .poll(
      () =>
        databases.query(
          'operations',
          "SELECT source FROM watermark WHERE audited_to > now() - interval '1 minute' ORDER BY 1",
        ),
      {
        timeout: 20_000,
      },
    )
    .toEqual(SOURCES.map((source) => ({ source })));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(await findings(true)).toEqual([]);
});

const SOURCES = [
  ...[
    'accounts',
    'books',
    'carts',
    'catalog',
    'inventory',
    'notifications',
    'orders',
    'payments',
    'pricing',
    'reviews',
  ],
  'shipping',
];

const breaches = dealt(BREACHES);

test.each(breaches)('$invariant: a row broken by hand is found', async (breach) => {
  const run = async (statements: readonly Sql[]) => {
    for (const [database, sql] of statements)
      await databases.query(
        database,
        sql.replaceAll('$order', `'${orderId}'`).replaceAll('$variant', `'${variantId}'`),
      );
  };
  // An earlier breach may have led to this finding too, and was mended just now.
  await expect.poll(invariants, { timeout: 15_000 }).not.toContain(breach.invariant);
  try {
    await run(breach.breaks);
    await expect.poll(invariants, { timeout: 10_000 }).toContain(breach.invariant);
  } finally {
    await run(breach.mends);
  }
});

test('what was mended is told no more, and stays on record with what it means', async () => {
  await expect.poll(invariants, { timeout: 15_000 }).toEqual(new Set());
  const closed = new Map((await findings(true)).map((finding) => [finding.invariant, finding]));
  for (const { invariant } of breaches)
    expect(closed.get(invariant)).toMatchObject({ means: expect.stringMatching(/\.$/), closedAt: expect.any(String) });
});
