import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { ordersForParcels } from '#subgraphs/orders/contracts/orders-for-parcels.ts';
import { carrierOf } from '../carriers/choose-carrier.ts';
import { shippingConfig } from '../config.ts';
import { database } from '../database.ts';
import { isLabelGranted } from './label-link.ts';

@Resolver()
export class ReadLabel {
  @Internal()
  @Query(() => String, { nullable: true })
  async fulfillmentLabel(
    @Arg('id', () => ID) id: string,
    @Arg('grant', () => String) grant: string,
    @Ctx() context: Context,
  ): Promise<string | null> {
    return (await readLabel(context, id, grant))?.toString('base64') ?? null;
  }
}

/** A parcel's label, made or fetched when it is asked for; null without a grant, and where there is none. */
export async function readLabel(context: Context, id: string, grant: string): Promise<Buffer | null> {
  if (!isLabelGranted(id, grant)) return null;
  const [parcel] = await parcelWith(id);
  if (!parcel?.tracking_number) return null;
  const carrier = carrierOf(parcel.carried_by);
  if (carrier && parcel.carrier_ref) return carrier.label(parcel.carrier_ref);
  if (parcel.carried_by !== 'demo') return null;
  // Shipping keeps no addresses of its own.
  const [order] = (await context.ask(ordersForParcels, { ids: [parcel.order_id] })).ordersForMail;
  if (!order) return null;
  // PDFs need a great deal of code: it is loaded when one is asked for first.
  const { demoLabel } = await import('./demo-label.ts');
  return demoLabel({
    ...{ carrier: parcel.carrier ?? 'Parcel', trackingNumber: parcel.tracking_number },
    ...{ shop: shippingConfig.shopName, from: 'Leipzig, DE', orderNumber: order.number },
    ...{ to: { ...order.deliveryAddress, email: order.email }, weightGrams: parcel.weight_grams },
  });
}

const parcelWith = database.statement<{
  order_id: string;
  carrier: string | null;
  carried_by: string | null;
  carrier_ref: string | null;
  tracking_number: string | null;
  weight_grams: number;
}>(
  'shipping.parcel-for-label',
  `SELECT order_id, carrier, carried_by, carrier_ref, tracking_number,
     (SELECT coalesce(sum(l.weight_grams * c.quantity), 0)::int FROM jsonb_to_recordset(contents) AS c("lineId" text, quantity int)
      JOIN dispatch_line l ON l.order_id = f.order_id AND l.line_id = c."lineId") AS weight_grams
   FROM fulfillment f WHERE id = $1 AND status <> 'CANCELLED'`,
);
