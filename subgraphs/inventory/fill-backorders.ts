import type { PoolClient } from 'pg';
import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { database } from './database.ts';

const EVERY_MS = 2_000;
const BATCH = 50;
const MAIN = 'main';

/**
 * What is backordered is booked on `main`. Where goods that nobody was promised lie elsewhere, because they came in there or
 * an order let go of them, it is booked on those instead, so that nobody waits for what is there.
 */
export const startFillingBackorders = (): Running =>
  every(EVERY_MS, 'The filling of backorders from other locations', async () => (await fillBackorders()) === BATCH);

/** One batch; answers of how many variants something was booked anew. Several at once do no more than one. */
export async function fillBackorders(): Promise<number> {
  const variants = await fillable();
  for (const { variant_id } of variants) await database.transaction((client) => fill(client, variant_id));
  return variants.length;
}

// Few variants may be backordered: they have an index, which no purchase writes.
const fillable = database.statement<{ variant_id: string }>(
  'inventory.fillable-backorders',
  `SELECT variant_id FROM stock s
   WHERE location_id = '${MAIN}' AND backorder_limit > 0 AND reserved > greatest(on_hand, 0)
     AND EXISTS (SELECT FROM stock e WHERE e.variant_id = s.variant_id AND e.location_id <> '${MAIN}' AND e.on_hand > e.reserved)
   LIMIT ${BATCH}`,
);

/** Locks as everybody does: reservations by order, then stock by location. */
async function fill(client: PoolClient, variantId: string): Promise<void> {
  const { rows: held } = await client.query<Held>(
    `SELECT order_id, created_at, variant_ids, location_ids, quantities FROM reservation
     WHERE state IN ('RESERVED', 'COMMITTED') AND variant_ids @> ARRAY[$1] ORDER BY order_id COLLATE "C" FOR UPDATE`,
    [variantId],
  );
  const { rows: shelves } = await client.query<Shelf>(
    `SELECT s.location_id, s.on_hand, s.reserved, l.priority FROM stock s JOIN location l ON l.id = s.location_id
     WHERE s.variant_id = $1 ORDER BY s.location_id COLLATE "C" FOR NO KEY UPDATE OF s`,
    [variantId],
  );
  for (const { orderId, locationId, quantity } of movesOf(variantId, held, shelves)) {
    const lines = linesAfter(held.find(({ order_id }) => order_id === orderId)!, variantId, locationId, quantity);
    await client.query(
      'UPDATE reservation SET variant_ids = $2, location_ids = $3, quantities = $4, changed_at = now() WHERE order_id = $1',
      [orderId, lines.variant_ids, lines.location_ids, lines.quantities],
    );
    await client.query(
      `UPDATE stock SET reserved = reserved + CASE location_id WHEN $2 THEN $3::int ELSE -$3::int END
       WHERE variant_id = $1 AND location_id IN ($2, '${MAIN}')`,
      [variantId, locationId, quantity],
    );
  }
}

interface Lines {
  variant_ids: string[];
  location_ids: string[];
  quantities: number[];
}

interface Held extends Lines {
  readonly order_id: string;
  readonly created_at: Date;
}

interface Shelf {
  readonly location_id: string;
  readonly on_hand: number;
  readonly reserved: number;
  readonly priority: number;
}

interface Move {
  readonly orderId: string;
  readonly locationId: string;
  readonly quantity: number;
}

/** Whoever ordered first gets what lies in main, and then what is free elsewhere, locations by priority. */
function movesOf(variantId: string, held: readonly Held[], shelves: readonly Shelf[]): Move[] {
  const free = new Map(
    shelves
      .filter(({ location_id }) => location_id !== MAIN)
      .sort((a, b) => a.priority - b.priority || (a.location_id < b.location_id ? -1 : 1))
      .map(({ location_id, on_hand, reserved }) => [location_id, Math.max(on_hand - reserved, 0)]),
  );
  let present = Math.max(shelves.find(({ location_id }) => location_id === MAIN)?.on_hand ?? 0, 0);
  const inLine = [...held].sort(
    (a, b) => a.created_at.getTime() - b.created_at.getTime() || (a.order_id < b.order_id ? -1 : 1),
  );
  const moves: Move[] = [];
  for (const reservation of inLine) {
    const onMain = quantityAt(reservation, variantId, MAIN);
    let waits = Math.max(onMain - present, 0);
    present -= onMain - waits;
    for (const [locationId, units] of free) {
      const quantity = Math.min(waits, units);
      if (quantity === 0) continue;
      moves.push({ orderId: reservation.order_id, locationId, quantity });
      free.set(locationId, units - quantity);
      waits -= quantity;
    }
  }
  return moves;
}

function quantityAt({ variant_ids, location_ids, quantities }: Lines, variantId: string, locationId: string): number {
  return quantities.reduce(
    (sum, quantity, i) => sum + (variant_ids[i] === variantId && location_ids[i] === locationId ? quantity : 0),
    0,
  );
}

/** What a reservation holds once so many units are no longer booked on main; noted there, for its next move. */
function linesAfter(reservation: Held, variantId: string, locationId: string, quantity: number): Lines {
  const { variant_ids, location_ids, quantities } = reservation;
  let rest = quantity;
  const lines = quantities.map((units, i) => {
    const taken = variant_ids[i] === variantId && location_ids[i] === MAIN ? Math.min(units, rest) : 0;
    rest -= taken;
    return { variantId: variant_ids[i]!, locationId: location_ids[i]!, quantity: units - taken };
  });
  lines.push({ variantId, locationId, quantity });
  const left = lines.filter((line) => line.quantity > 0);
  reservation.variant_ids = left.map((line) => line.variantId);
  reservation.location_ids = left.map((line) => line.locationId);
  reservation.quantities = left.map((line) => line.quantity);
  return reservation;
}
