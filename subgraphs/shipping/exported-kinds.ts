import { type ExportedKind, exported, inDecimals } from '#platform/subgraph/export.ts';
import { database } from './database.ts';

interface Rated {
  readonly rates: readonly {
    readonly currency: string;
    readonly price: string;
    readonly freeFrom: string | null;
    readonly minimumSubtotal: string | null;
    readonly surcharge: string | null;
  }[];
}

/** Parcels with what was said of them on their way, and what delivery costs where. */
export const EXPORTED_KINDS: readonly ExportedKind[] = [
  exported(
    'fulfillments',
    database,
    `SELECT f.id AS key, f.id, f.order_id AS "orderId", f.status, f.carrier, f.tracking_number AS "trackingNumber",
         f.tracking_url AS "trackingUrl", f.contents AS lines, f.estimated_delivery AS "estimatedDelivery", f.shipped_at AS "shippedAt",
         f.delivered_at AS "deliveredAt", f.created_at AS "createdAt",
         (SELECT coalesce(json_agg(json_build_object('status', t.status, 'message', t.message, 'place', t.place, 'at', t.at)
             ORDER BY t.at, t.key), '[]') FROM tracking_event t WHERE t.fulfillment_id = f.id) AS tracking
       FROM fulfillment f WHERE f.id > $1 ORDER BY f.id LIMIT $2::int`,
  ),
  exported<Rated>(
    'delivery-zones',
    database,
    `SELECT z.id AS key, z.id, z.name,
         (SELECT coalesce(json_agg(json_build_object('country', p.country, 'region', p.region) ORDER BY p.country, p.region), '[]')
           FROM delivery_place p WHERE p.zone_id = z.id) AS places,
         (SELECT coalesce(json_agg(json_build_object('optionId', r.option_id, 'title', r.title, 'currency', r.currency,
             'price', r.price::text, 'freeFrom', r.free_from::text, 'minimumSubtotal', r.minimum_subtotal::text,
             'minimumGrams', r.minimum_grams, 'maximumGrams', r.maximum_grams, 'surcharge', r.surcharge::text,
             'surchargeAboveGrams', r.surcharge_above_grams, 'surchargePerGrams', r.surcharge_per_grams,
             'minimumDays', r.minimum_days, 'maximumDays', r.maximum_days) ORDER BY r.position), '[]')
           FROM delivery_rate r WHERE r.zone_id = z.id) AS rates
       FROM delivery_zone z WHERE z.id > $1 ORDER BY z.id LIMIT $2::int`,
    ({ rates, ...zone }) => ({
      ...zone,
      rates: rates.map((rate) =>
        inDecimals(rate, rate.currency, ['price', 'freeFrom', 'minimumSubtotal', 'surcharge']),
      ),
    }),
  ),
];
