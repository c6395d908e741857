import { graphql } from 'graphql';
import type { Viewer } from '#platform/auth/viewer.ts';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { setRoutes } from '#platform/outbox/routes.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { makeAccessGrant } from '#subgraphs/orders/contracts/access-grant.ts';
import { type OrderPaid, orderPaid } from '#subgraphs/orders/contracts/orders.events.ts';
import { type FulfillmentMove, fulfillmentsMoved } from '../contracts/fulfillments-moved.event.ts';
import { database } from '../database.ts';
import { prepareParcel } from '../listeners/prepare-parcel.listener.ts';
import { shipping } from '../subgraph.ts';

export const CONSUMERS = ['orders-follow-shipment', 'inventory-ship-reservation'];
export const STAFF: Viewer = { customerId: 'cus_staff', scopes: ['orders:read', 'orders:write'], sessionId: 'ses_1' };
const { schema } = await buildSubgraph(shipping);

setRoutes({ [fulfillmentsMoved.topic]: CONSUMERS });

export const clearDesk = () =>
  database.prisma.$executeRaw`TRUNCATE dispatch, dispatch_line, fulfillment, tracking_event, outbox, handled`;

/** The orders that orders knows, by id; all others do not exist. */
export const knownOrders = new Map<string, object>();
/** What inventory says that orders wait for, and how often it was asked. */
export const goodsAwaited: { orderId: string; variantId: string; quantity: number }[] = [];
export const inventoryAsked: string[][] = [];
/** What happens once between inventory's answer and its arrival. */
export const meanwhile: (() => Promise<unknown>)[] = [];

const neighbors: SubgraphTransport = {
  query: async (subgraph: string, { variables }: { variables?: Record<string, unknown> }) => {
    if (subgraph !== 'inventory')
      return { data: { ordersForMail: ((variables?.ids ?? []) as string[]).map((id) => knownOrders.get(id) ?? null) } };
    const orderIds = variables?.orderIds as string[];
    inventoryAsked.push(orderIds);
    const stockAwaited = goodsAwaited.filter(({ orderId }) => orderIds.includes(orderId));
    await meanwhile.splice(0)[0]?.();
    return { data: { stockAwaited } };
  },
} as unknown as SubgraphTransport;

export const context = (viewer: Viewer | null = null, caller = 'router') =>
  new Context('shipping', neighbors, { viewer, caller });

export async function ask(source: string, variableValues: Record<string, unknown>, viewer: Viewer | null = STAFF) {
  const result = await graphql({ schema, source, variableValues, contextValue: context(viewer) });
  return JSON.parse(JSON.stringify(result)) as { data?: Record<string, never> | null; errors?: { message: string }[] };
}

/** The same question as another subgraph asks it. */
export async function askInside(source: string, variableValues: Record<string, unknown>, caller = 'orders') {
  const result = await graphql({ schema, source, variableValues, contextValue: context(null, caller) });
  return JSON.parse(JSON.stringify(result)) as { data?: Record<string, never> | null; errors?: { message: string }[] };
}

export const line = (lineId: string, quantity: number): OrderPaid['lines'][number] => ({
  ...{ lineId, variantId: `var_${lineId}`, title: 'Stoneware cup', sku: 'CUP-1', imageUrl: null, weightGrams: 400 },
  options: [{ name: 'Color', value: 'Sand' }],
  quantity,
});

export const paid = (orderId: string, lines = [line(`${orderId}-line`, 2)]): OrderPaid => ({
  orderId,
  number: 'S-1001',
  country: 'DE',
  city: 'Hamburg',
  deliveryOption: { id: 'standard', title: 'Standard delivery', estimatedDays: { min: 2, max: 3 } },
  lines,
});

export const hear = (...events: ReturnType<typeof orderPaid>[]) => prepareParcel.handle(events as never[], context());
export const prepare = (orderId: string, lines?: OrderPaid['lines']) => hear(orderPaid(paid(orderId, lines)));

export const someOrders = (count: number): string[] => Array.from({ length: count }, () => newId('ord'));

/** What was announced to one of the consumers, an event each. */
export async function announced(consumer = CONSUMERS[0]!): Promise<FulfillmentMove[][]> {
  const rows = await database.prisma.outbox.findMany({ where: { consumer }, orderBy: { createdAt: 'asc' } });
  return rows.map(({ payload }) => (payload as unknown as { moves: FulfillmentMove[] }).moves);
}

/** The moves of an order as they were announced, in the order that their sequence tells. */
export async function movesOf(orderId: string): Promise<FulfillmentMove[]> {
  const all = (await announced()).flat().filter((move) => move.orderId === orderId);
  return all.sort((a, b) => a.progress.sequence - b.progress.sequence);
}

/** Each parcel of an order: its status, and what was said of it in the order of time. */
export async function parcelsOf(orderId: string): Promise<{ id: string; status: string; events: string[] }[]> {
  const order = { orderBy: { createdAt: 'asc' } } as const;
  const parcels = await database.prisma.fulfillment.findMany({ where: { orderId }, ...order });
  // Only the first two can fall into one millisecond, and are in order then by name too.
  const events = await database.prisma.trackingEvent.findMany({ orderBy: [{ at: 'asc' }, { status: 'asc' }] });
  return parcels.map(({ id, status }) => ({
    ...{ id, status },
    events: events.filter((event) => event.fulfillmentId === id).map((event) => event.status),
  }));
}

export const progressOf = async (orderId: string) => {
  const { ordered, prepared, shipped, outForDelivery, delivered } = await database.prisma.dispatch.findUniqueOrThrow({
    where: { orderId },
  });
  return { ordered, prepared, shipped, outForDelivery, delivered };
};

/** `ordered/fulfilled` of each line. */
export const linesOf = async (orderId: string) =>
  (await database.prisma.dispatchLine.findMany({ where: { orderId }, orderBy: { position: 'asc' } })).map(
    ({ lineId, ordered, fulfilled }) => `${lineId} ${fulfilled}/${ordered}`,
  );

/** A second ago: the column keeps milliseconds, rounded, and now may be a little later than now. */
export const makeDue = () =>
  database.prisma
    .$executeRaw`UPDATE fulfillment SET next_move_at = now() - interval '1 second' WHERE next_move_at IS NOT NULL`;

const FULFILLMENTS = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Order {
  fulfillments { id status carrier trackingNumber trackingUrl estimatedDelivery shippedAt deliveredAt labelUrl trouble
    events { status message place latitude longitude at }
    lines { quantity line { id accessGrant title sku quantity imageUrl options { name value } variant { id } } } } } } }`;

export async function entities(
  representations: object[],
  viewer: Viewer | null = null,
): Promise<{ fulfillments: unknown }[]> {
  const result = await ask(FULFILLMENTS, { representations }, viewer);
  if (result.errors) throw new Error(result.errors[0]?.message);
  return result.data?._entities as never;
}

export const fulfillmentsOf = async (id: string, accessGrant?: string | null, viewer: Viewer | null = null) =>
  (await entities([{ __typename: 'Order', id, accessGrant }], viewer))[0]?.fulfillments;

export const seenByStaff = async (id: string) =>
  (await fulfillmentsOf(id, makeAccessGrant(id), STAFF)) as Record<string, never>[];
