import { toDecimal } from '#platform/money/money.ts';
import { brokenCarts } from '#subgraphs/carts/audit-carts.ts';
import { database as carts } from '#subgraphs/carts/database.ts';
import { database as inventory } from '#subgraphs/inventory/database.ts';
import { brokenStockInvariants } from '#subgraphs/inventory/stock-invariants.ts';
import { compareBooks, type Found } from '#subgraphs/operations/rules/order-books.ts';
import { brokenOrders, changedOrders } from '#subgraphs/orders/audit/findings.ts';
import { database as orders } from '#subgraphs/orders/database.ts';
import { database as payments } from '#subgraphs/payments/database.ts';
import { brokenPaymentInvariants } from '#subgraphs/payments/payments-invariants.ts';
import { brokenPromotions } from '#subgraphs/pricing/audit-codes.ts';
import { database as pricing } from '#subgraphs/pricing/database.ts';
import { database as shipping } from '#subgraphs/shipping/database.ts';
import { brokenShippingInvariants } from '#subgraphs/shipping/shipping-audit.ts';
import type { ProgramDatabases } from './databases.ts';
import { unitsThatDisagree } from './units.ts';

const EVER = new Date(0);
const MOST = 10_000;

/**
 * What the auditor looks for, over the whole of the databases of a program at rest and at once, each breach as a sentence;
 * and what only a test can ask: that nothing at all is unfinished, and that the test provider's own books agree.
 */
export async function brokenInvariants(databases: ProgramDatabases): Promise<string[]> {
  await openBooks(databases);
  const until = new Date(Date.now() + 3_600_000);
  const found = await Promise.all([
    brokenStockInvariants(EVER, until).then(told('inventory')),
    brokenPaymentInvariants(EVER, until).then(told('payments')),
    brokenShippingInvariants(EVER, until).then(told('shipping')),
    brokenPromotions(EVER, until).then(told('pricing')),
    brokenCarts(EVER, until).then(told('carts')),
    sentences(databases, 'carts', FROZEN),
    ordersAndTheirBooks(databases, until),
    unitsThatDisagree(databases),
    sentences(databases, 'payments', PROVIDER),
    sentences(databases, 'notifications', MAILS),
    ...['orders', 'payments', 'shipping', 'inventory', 'accounts'].map((name) => sentences(databases, name, OUTBOX)),
    sentences(databases, 'orders', SAGAS),
  ]);
  return found.flat();
}

const BOOKS = { carts, inventory, orders, payments, pricing, shipping };
let opened: ProgramDatabases | null = null;

/** The subgraphs' own looks into their books, here on the databases of the program under test. */
async function openBooks(databases: ProgramDatabases): Promise<void> {
  if (opened === databases) return;
  opened = databases;
  await Promise.all(
    Object.entries(BOOKS).map(async ([name, database]) => {
      await database.close();
      await database.open(databases.url(name), 2);
    }),
  );
}

const told = (where: string) => (found: readonly Found[]) =>
  found.map(({ invariant, subject, detail }) => `${where}: ${invariant} of ${subject}: ${detail}`);

async function sentences(databases: ProgramDatabases, name: string, sql: string): Promise<string[]> {
  const rows = await databases.query<{ sentence: string }>(name, sql);
  return rows.map(({ sentence }) => `${name}: ${sentence}`);
}

const OUTBOX = "SELECT format('outbox row %s is not handled', id) AS sentence FROM outbox";

const FROZEN = "SELECT format('a cart is frozen for %s', order_id) AS sentence FROM cart WHERE status = 'FROZEN'";

const SAGAS = `SELECT format('saga %s of %s is %s at %s', name, id, state, step) AS sentence FROM saga WHERE state NOT IN ('DONE', 'REFUSED')`;

const PROVIDER = `
  SELECT format('%s is %s here, %s captured, %s refunded; at the provider %s is %s, %s captured, %s refunded',
    coalesce(p.id, 'nothing'), p.status, p.captured, p.refunded, i.id, i.status, i.captured, i.refunded) AS sentence
  FROM test_intent i LEFT JOIN payment p ON p.provider_ref = i.id
  WHERE (i.status = 'requires_capture' AND coalesce(p.status, '-') <> 'AUTHORIZED')
    OR i.captured <> coalesce(p.captured, i.refunded) OR i.refunded <> coalesce(p.refunded, i.refunded)`;

const MAILS = `
  SELECT format('%s mails of kind %s for %s', count(*), kind, subject_id) AS sentence FROM mailbox
  GROUP BY kind, subject_id HAVING count(*) > 1`;

/** Orders by their own books, and held against money and goods. */
async function ordersAndTheirBooks(databases: ProgramDatabases, until: Date): Promise<string[]> {
  const all = await changedOrders(EVER, until, '', MOST);
  const [own, money, stock, codes, carts, cards] = await Promise.all([
    brokenOrders(all.map(({ id }) => id)),
    databases.query<{ orderId: string; currency: string; authorized: string; captured: string; refunded: string }>(
      'payments',
      `SELECT order_id AS "orderId", currency, coalesce(sum(amount) FILTER (WHERE status = 'AUTHORIZED'), 0)::text AS authorized,
         sum(captured)::text AS captured, sum(refunded)::text AS refunded FROM payment GROUP BY order_id, currency`,
    ),
    databases.query<{ orderId: string; state: string }>(
      'inventory',
      'SELECT order_id AS "orderId", state::text FROM reservation',
    ),
    databases.query<{ orderId: string; codes: string[] }>(
      'pricing',
      `SELECT r.order_id AS "orderId", array_agg(p.code) AS codes FROM redemption r JOIN promotion p ON p.id = r.promotion_id
       GROUP BY r.order_id`,
    ),
    databases.query<{ cartId: string; status: string; orderId: string | null }>(
      'carts',
      'SELECT id AS "cartId", status, order_id AS "orderId" FROM cart',
    ),
    databases.query<{ orderId: string; lineId: string; units: number }>(
      'payments',
      `SELECT order_id AS "orderId", line_id AS "lineId", count(*)::int AS units FROM gift_card
       WHERE order_id IS NOT NULL AND told AND taken_for IS NULL GROUP BY 1, 2`,
    ),
  ]);
  const decimal = (minor: string, currency: string) => toDecimal({ minor: BigInt(minor), currency });
  const books = compareBooks(
    all.map(({ id, status, currency, owed, codes, cart_id, has_goods, gift_cards }) => ({
      orderId: id,
      status,
      currency,
      codes,
      hasGoods: has_goods,
      giftCards: gift_cards,
      isOld: false,
      cartId: cart_id,
      owed: decimal(String(owed), currency),
    })),
    money.map(({ orderId, currency, authorized, captured, refunded }) => ({
      orderId,
      currency,
      authorized: decimal(authorized, currency),
      captured: decimal(captured, currency),
      refunded: decimal(refunded, currency),
    })),
    stock,
    codes,
    carts,
    cards,
  );
  return [...told('orders')(own), ...told('books')(books)];
}
