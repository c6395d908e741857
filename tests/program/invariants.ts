import type { ProgramDatabases } from './databases.ts';

/**
 * SCENARIOS' invariants over the databases of a program at rest, each breach as a sentence: stock and its journal, money
 * and its provider, one order a cart, one mail an order, nothing unfinished.
 */
export async function brokenInvariants(databases: ProgramDatabases): Promise<string[]> {
  const sentences = async (database: string, sql: string) =>
    (await databases.query<{ sentence: string }>(database, sql)).map(({ sentence }) => `${database}: ${sentence}`);
  const found = await Promise.all([
    sentences('inventory', STOCK),
    sentences('orders', ORDERS),
    sentences('payments', PAYMENTS),
    sentences('notifications', MAILS),
    acrossDatabases(databases),
  ]);
  return found.flat();
}

const STOCK = `
  WITH journal AS (SELECT variant_id, location_id, sum(change) AS on_hand FROM stock_movement GROUP BY variant_id, location_id),
  open AS (
    SELECT line.variant_id, line.location_id, sum(line.quantity) AS reserved FROM reservation r
    CROSS JOIN unnest(r.variant_ids, r.location_ids, r.quantities) AS line(variant_id, location_id, quantity)
    WHERE r.state IN ('RESERVED', 'COMMITTED') GROUP BY line.variant_id, line.location_id)
  SELECT format('%s at %s has %s on hand and %s reserved; its journal says %s, its reservations %s',
    variant_id, location_id, s.on_hand, s.reserved, coalesce(j.on_hand, 0), coalesce(o.reserved, 0)) AS sentence
  FROM stock s LEFT JOIN journal j USING (variant_id, location_id) LEFT JOIN open o USING (variant_id, location_id)
  WHERE s.on_hand <> coalesce(j.on_hand, 0) OR s.reserved <> coalesce(o.reserved, 0)
    OR s.on_hand - s.reserved < -coalesce(s.backorder_limit, 0)
  UNION ALL SELECT format('outbox row %s is not handled', id) FROM outbox`;

const ORDERS = `
  SELECT format('cart of %s has %s orders that are not cancelled', min(id), count(*)) AS sentence
  FROM orders WHERE status <> 'CANCELLED' GROUP BY cart_id HAVING count(*) > 1
  UNION ALL SELECT format('saga %s of %s is %s at %s', name, id, state, step) FROM saga WHERE state NOT IN ('DONE', 'REFUSED')
  UNION ALL SELECT format('outbox row %s is not handled', id) FROM outbox
  UNION ALL SELECT format('order %s has version %s but %s events', id, version, (SELECT count(*) FROM order_event e WHERE e.order_id = o.id))
  FROM orders o WHERE version <> (SELECT count(*) FROM order_event e WHERE e.order_id = o.id)`;

const PAYMENTS = `
  SELECT format('payment of %s: %s captured of %s, %s refunded', order_id, captured, amount, refunded) AS sentence
  FROM payment WHERE captured > amount OR refunded > captured
  UNION ALL SELECT format('payment of %s is %s here and %s at the provider', p.order_id, p.status, i.status)
  FROM test_intent i LEFT JOIN payment p ON p.order_id = i.idempotency_key
  WHERE (i.status = 'requires_capture' AND coalesce(p.status, '-') <> 'AUTHORIZED')
    OR (i.status = 'succeeded' AND i.refunded = 0 AND coalesce(p.status, '-') <> 'PAID')
    OR (i.status = 'succeeded' AND i.refunded > 0 AND coalesce(p.status, '-') <> 'REFUNDED')
  UNION ALL SELECT format('outbox row %s is not handled', id) FROM outbox`;

const MAILS = `
  SELECT format('%s mails of kind %s for %s', count(*), kind, subject_id) AS sentence FROM mailbox
  GROUP BY kind, subject_id HAVING count(*) > 1`;

/** What an order owes is what is authorized or captured; what is reserved or shipped is what stands. */
async function acrossDatabases(databases: ProgramDatabases): Promise<string[]> {
  const orders = await databases.query<{ id: string; status: string; total: string }>(
    'orders',
    'SELECT id, status, total FROM orders',
  );
  const payments = await databases.query<{ order_id: string; status: string; amount: string }>(
    'payments',
    'SELECT order_id, status, amount FROM payment',
  );
  const reservations = await databases.query<{ order_id: string; state: string }>(
    'inventory',
    'SELECT order_id, state FROM reservation',
  );
  const paid = new Map(payments.map((payment) => [payment.order_id, payment]));
  const held = new Map(reservations.map(({ order_id, state }) => [order_id, state]));
  return orders.flatMap(({ id, status, total }) => {
    const payment = paid.get(id);
    const money = payment ? `${payment.status} ${payment.amount}` : 'none';
    const stock = held.get(id) ?? 'none';
    const stands = status !== 'CANCELLED' && status !== 'PENDING_PAYMENT';
    const moneyFits = stands
      ? ['AUTHORIZED', 'PAID'].includes(payment?.status ?? '') && payment?.amount === total
      : ['VOIDED', 'REFUNDED', 'FAILED', undefined].includes(payment?.status);
    const stockFits = stands
      ? ['RESERVED', 'COMMITTED', 'SHIPPED'].includes(stock)
      : ['RELEASED', 'EXPIRED', 'none'].includes(stock);
    return moneyFits && stockFits ? [] : [`order ${id} is ${status} over ${total}: payment ${money}, stock ${stock}`];
  });
}
