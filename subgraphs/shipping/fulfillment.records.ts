import type { Context } from '#platform/graphql/context.ts';
import { makeAccessGrant } from '#subgraphs/orders/contracts/access-grant.ts';
import { database } from './database.ts';
import type { Fulfillment, FulfillmentState } from './fulfillment.type.ts';
import { labelUrlOf } from './labels/label-link.ts';

export interface FulfillmentRecord {
  id: string;
  order_id: string;
  status: FulfillmentState;
  carrier: string | null;
  carried_by: string | null;
  tracking_number: string | null;
  tracking_url: string | null;
  trouble: string | null;
  estimated_delivery: Date | null;
  shipped_at: Date | null;
  delivered_at: Date | null;
  lines: {
    id: string;
    variantId: string;
    title: string;
    sku: string;
    options: { name: string; value: string }[];
    imageUrl: string | null;
    /** In this parcel. */
    quantity: number;
    ordered: number;
  }[];
  events: {
    status: FulfillmentState;
    message: string;
    place: string | null;
    latitude: number | null;
    longitude: number | null;
    at: string;
  }[];
}

const COLUMNS = `f.id, f.order_id, f.status, f.carrier, f.carried_by, f.tracking_number, f.tracking_url, f.trouble,
  f.estimated_delivery, f.shipped_at, f.delivered_at,
  (SELECT jsonb_agg(to_jsonb(e) ORDER BY e.at, array_position('{PREPARING,SHIPPED,OUT_FOR_DELIVERY,DELIVERED}', e.status))
   FROM tracking_event e WHERE e.fulfillment_id = f.id) AS events,
  (SELECT jsonb_agg(jsonb_build_object('id', l.line_id, 'variantId', l.variant_id, 'title', l.title, 'sku', l.sku, 'options', l.options,
     'imageUrl', l.image_url, 'quantity', c.quantity, 'ordered', l.ordered) ORDER BY l.position)
   FROM jsonb_to_recordset(f.contents) AS c("lineId" text, quantity int)
   JOIN dispatch_line l ON l.order_id = f.order_id AND l.line_id = c."lineId") AS lines`;

const ofOrders = database.statement<FulfillmentRecord>(
  'shipping.of-orders',
  `SELECT ${COLUMNS} FROM fulfillment f WHERE f.order_id = ANY($1::text[]) ORDER BY f.created_at, f.id`,
);

const byIds = database.statement<FulfillmentRecord>(
  'shipping.by-ids',
  `SELECT ${COLUMNS} FROM fulfillment f WHERE f.id = ANY($1::text[])`,
);

/** The parcels of each order, the first first. */
export async function fulfillmentsOfOrders(orderIds: readonly string[]): Promise<FulfillmentRecord[][]> {
  const all = await ofOrders(orderIds);
  return orderIds.map((id) => all.filter((record) => record.order_id === id));
}

/** For who may change it, which the caller checked. */
export async function fulfillmentForStaff(id: string, context: Context): Promise<Fulfillment> {
  const [record] = await byIds([id]);
  if (!record) throw new Error(`The fulfillment ${id} is gone.`);
  return toFulfillment(record, makeAccessGrant(record.order_id), context);
}

/** As the viewer may see it; the grant goes on to orders with each line. */
export function toFulfillment(record: FulfillmentRecord, accessGrant: string, context: Context): Fulfillment {
  const forStaff = context.has('orders:read');
  const hasLabel = record.carried_by !== null && record.tracking_number !== null && record.status !== 'CANCELLED';
  return {
    id: record.id,
    status: record.status,
    carrier: record.carrier,
    trackingNumber: record.tracking_number,
    trackingUrl: record.tracking_url,
    estimatedDelivery: record.estimated_delivery,
    shippedAt: record.shipped_at,
    deliveredAt: record.delivered_at,
    events: record.events.map((event) => ({ ...event, at: new Date(event.at) })),
    lines: record.lines.map(({ id, variantId, title, sku, options, imageUrl, quantity, ordered }) => ({
      quantity,
      line: { id, accessGrant, variant: { id: variantId }, title, sku, options, imageUrl, quantity: ordered },
    })),
    labelUrl: forStaff && hasLabel ? labelUrlOf(record.id) : null,
    trouble: forStaff ? record.trouble : null,
  };
}
