import type { ProgramDatabases } from './databases.ts';

interface Units {
  readonly key: string;
  readonly units: number;
}

const LINES = `FROM order_line l JOIN orders o ON o.id = l.order_id
  WHERE o.status <> 'CANCELLED' AND o.confirmed_at IS NOT NULL AND NOT l.gift_card GROUP BY 1`;

/**
 * What an order holds is what inventory holds for it or has sent, by variant, and what shipping is to send, by line, each
 * difference as a sentence: an edit writes all three, one after another.
 */
export async function unitsThatDisagree(databases: ProgramDatabases): Promise<string[]> {
  const read = async (name: string, sql: string) =>
    new Map((await databases.query<Units>(name, sql)).map(({ key, units }) => [key, units]));
  const [variants, lines, goods, parcels] = await Promise.all([
    read('orders', `SELECT concat(o.id, ' of ', l.variant_id) AS key, sum(l.quantity)::int AS units ${LINES}`),
    read('orders', `SELECT concat(o.id, ' of ', l.id) AS key, sum(l.quantity)::int AS units ${LINES}`),
    read(
      'inventory',
      `SELECT concat(order_id, ' of ', variant_id) AS key, sum(units)::int AS units FROM (
         SELECT r.order_id, u.variant_id, u.quantity AS units
         FROM reservation r, unnest(r.variant_ids, r.quantities) AS u(variant_id, quantity) WHERE r.state IN ('RESERVED', 'COMMITTED')
         UNION ALL SELECT order_id, variant_id, -change FROM stock_movement WHERE reason = 'SHIPPED') AS held
       GROUP BY 1 HAVING sum(units) > 0`,
    ),
    read(
      'shipping',
      `SELECT concat(order_id, ' of ', l.line_id) AS key, sum(l.ordered)::int AS units FROM dispatch_line l JOIN dispatch d USING (order_id)
       WHERE d.stopped_at IS NULL AND l.ordered > 0 GROUP BY 1`,
    ),
  ]);
  return [...differences('inventory', variants, goods), ...differences('shipping', lines, parcels)];
}

function differences(
  where: string,
  ordered: ReadonlyMap<string, number>,
  there: ReadonlyMap<string, number>,
): string[] {
  const keys = new Set([...ordered.keys(), ...there.keys()]);
  return [...keys].flatMap((key) => {
    const [wanted, has] = [ordered.get(key) ?? 0, there.get(key) ?? 0];
    return wanted === has ? [] : [`units: ${key}: ${wanted} ordered, ${has} in ${where}`];
  });
}
