import { inProject } from '#platform/config/root.ts';
import { newId } from '#platform/database/id.ts';
import { applyMigrations } from '#platform/database/migrate.ts';
import { Context } from '#platform/graphql/context.ts';
import { type FulfillmentMove, fulfillmentsMoved } from '#subgraphs/shipping/contracts/fulfillments-moved.event.ts';
import { database } from '../database.ts';
import { shipReservation } from '../listeners/ship-reservation.listener.ts';
import { reserveStock } from '../reserve-stock.ts';
import { seedStock } from '../seed-stock.ts';
import { setStockPolicy } from '../set-stock-policy.ts';
import { stockLevels } from '../stock-levels.ts';

/** Opens inventory on an empty database; the returned function closes and drops it. */
export async function openStock({ url, drop }: { url: string; drop(): Promise<void> }): Promise<() => Promise<void>> {
  await applyMigrations(url, inProject('prisma/inventory/migrations'));
  // Sixteen connections for statements, so that racers meet inside Postgres and not in one queue before it.
  await database.open(url, 32);
  return async () => {
    await database.close();
    await drop();
  };
}

export const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
/** Seconds for which a reservation holds. */
export const soon = () => 60;
export const past = () => -1;

/** Variants of their own, with so much on hand in main. */
export async function stocked(...onHand: number[]): Promise<string[]> {
  const rows = onHand.map((quantity) => ({ variantId: newId('var'), onHand: quantity }));
  await seedStock(rows);
  return rows.map((row) => row.variantId);
}

/** A variant of its own that may be backordered, so many on hand in main. */
export async function backorderable(onHand: number): Promise<string> {
  const [variantId] = (await stocked(onHand)) as [string];
  await setStockPolicy({ variantId, backorderable: true, backorderLimit: 100 });
  return variantId;
}

type Quantities = Readonly<Record<string, number>>;

export const linesOf = (quantities: Quantities) =>
  Object.entries(quantities).map(([variantId, quantity]) => ({ variantId, quantity }));

export const reserve = (orderId: string, quantities: Quantities, seconds = soon()) =>
  reserveStock({ orderId, lines: linesOf(quantities), seconds });

/** An order that holds so much, by its id. */
export async function order(quantities: Quantities): Promise<string> {
  const orderId = newId('ord');
  await reserve(orderId, quantities);
  return orderId;
}

export async function available(variantId: string): Promise<number | undefined> {
  const [level] = await stockLevels([variantId]);
  return level?.available;
}

/** `[on hand, reserved]` of a variant, by location. */
export async function booksOf(variantId: string): Promise<Record<string, [number, number]>> {
  const rows = await database.prisma.stock.findMany({ where: { variantId } });
  return Object.fromEntries(rows.map((row) => [row.locationId, [row.onHand, row.reserved]]));
}

/** What an order holds, as `variant@location`. */
export async function heldBy(orderId: string): Promise<Record<string, number>> {
  const row = await database.prisma.reservation.findUniqueOrThrow({ where: { orderId } });
  return Object.fromEntries(row.variantIds.map((id, i) => [`${id}@${row.locationIds[i]}`, row.quantities[i] ?? 0]));
}

export async function stateOf(orderId: string): Promise<string> {
  return (await database.prisma.reservation.findUniqueOrThrow({ where: { orderId } })).state;
}

export const move = (
  orderId: string,
  status: FulfillmentMove['status'],
  quantities: Quantities,
  fulfillmentId = newId('ful'),
): FulfillmentMove => ({
  fulfillmentId,
  orderId,
  status,
  at: new Date().toISOString(),
  lines: linesOf(quantities).map((line) => ({ lineId: newId('line'), ...line })),
  progress: { sequence: 1, ordered: 1, prepared: 1, shipped: 1, outForDelivery: 1, delivered: 1 },
});

export const moved = (...moves: FulfillmentMove[]) => fulfillmentsMoved({ moves });

export const ship = (...events: ReturnType<typeof moved>[]) => shipReservation.handle(events as never, context());

export const context = () => new Context('inventory', null as never, { viewer: null, caller: 'server' });
