import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { isAccessGranted } from '#subgraphs/orders/contracts/access-grant.ts';
import type { OrderPaid } from '#subgraphs/orders/contracts/orders.events.ts';
import { database } from './database.ts';
import { Fulfillment, type FulfillmentState, SentOrder } from './fulfillment.type.ts';

@Resolver(() => SentOrder)
export class FulfillmentQueries {
  @Directive('@requires(fields: "accessGrant")')
  @FieldResolver(() => [Fulfillment], { nullable: true })
  async fulfillments(@Root() { id, accessGrant }: SentOrder, @Ctx() context: Context): Promise<Fulfillment[] | null> {
    if (!accessGrant || !isAccessGranted(id, accessGrant)) return null;
    const record = await context.loader(loadFulfillments).load(id);
    return record ? [toFulfillment(record, accessGrant)] : [];
  }
}

interface FulfillmentRecord {
  id: string;
  order_id: string;
  status: FulfillmentState;
  carrier: string;
  tracking_number: string;
  lines: OrderPaid['lines'];
  estimated_delivery: Date | null;
  shipped_at: Date | null;
  delivered_at: Date | null;
  events: {
    status: FulfillmentState;
    message: string;
    place: string;
    latitude: number;
    longitude: number;
    at: string;
  }[];
}

// One without lines only says that the order was stopped.
const ofOrders = database.statement<FulfillmentRecord>(
  'shipping.of-orders',
  `SELECT f.id, f.order_id, f.status, f.carrier, f.tracking_number, f.lines, f.estimated_delivery, f.shipped_at, f.delivered_at,
     (SELECT jsonb_agg(to_jsonb(e) ORDER BY e.at) FROM tracking_event e WHERE e.fulfillment_id = f.id) AS events
   FROM fulfillment f WHERE f.order_id = ANY($1::text[]) AND f.lines <> '[]'`,
);

async function loadFulfillments(orderIds: readonly string[]): Promise<(FulfillmentRecord | null)[]> {
  const found = new Map((await ofOrders(orderIds)).map((record) => [record.order_id, record]));
  return orderIds.map((id) => found.get(id) ?? null);
}

const toFulfillment = (record: FulfillmentRecord, accessGrant: string): Fulfillment => ({
  id: record.id,
  status: record.status,
  carrier: record.carrier,
  trackingNumber: record.tracking_number,
  trackingUrl: null,
  estimatedDelivery: record.estimated_delivery,
  shippedAt: record.shipped_at,
  deliveredAt: record.delivered_at,
  events: record.events.map((event) => ({ ...event, at: new Date(event.at) })),
  lines: record.lines.map(({ lineId, variantId, quantity, title, sku, options, imageUrl }) => ({
    quantity,
    line: { id: lineId, accessGrant, variant: { id: variantId }, title, sku, options, imageUrl, quantity },
  })),
});

export const orderReference = async ({ id, accessGrant }: SentOrder): Promise<SentOrder> => ({
  id,
  accessGrant: accessGrant ?? null,
});
