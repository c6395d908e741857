import { Arg, Directive, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { database } from './database.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class ShippingFinding {
  @Field(() => String, { description: '`fulfilled`, `progress`, `tracking` or `outbox`.' })
  invariant!: string;

  @Field(() => String, { description: 'The order, its line, the parcel or the announcement.' })
  subject!: string;

  @Field(() => String)
  detail!: string;
}

@Resolver()
export class ShippingAudit {
  @Internal()
  @Query(() => [ShippingFinding], {
    description:
      'What breaks the invariants of the orders whose parcels changed in the window, at most 100; empty when all is well.',
  })
  shippingAudit(
    @Arg('since', () => DateTimeScalar) since: Date,
    @Arg('until', () => DateTimeScalar) until: Date,
  ): Promise<ShippingFinding[]> {
    return brokenShippingInvariants(since, until);
  }
}

/**
 * No line is sent more often than it was ordered, and is in parcels as often as it says; an order's progress is that of
 * its parcels; what a carrier said is what a parcel's status says, or less; what was announced was handled within a
 * minute. One statement sees all as of one moment.
 */
export const brokenShippingInvariants = database.statement<ShippingFinding>(
  'shipping.broken-invariants',
  `WITH d AS (SELECT * FROM dispatch WHERE updated_at >= $1 AND updated_at < $2),
   parcel AS (
     SELECT f.*, coalesce(array_position('{PREPARING,SHIPPED,OUT_FOR_DELIVERY,DELIVERED}', f.status), 0) AS way FROM fulfillment f JOIN d USING (order_id)),
   packed AS (
     SELECT order_id, c."lineId" AS line_id, sum(c.quantity) AS quantity
     FROM parcel, jsonb_to_recordset(contents) AS c("lineId" text, quantity int) WHERE way > 0 GROUP BY 1, 2),
   line AS (SELECT l.* FROM dispatch_line l JOIN d USING (order_id)),
   ordered AS (SELECT order_id, sum(ordered) AS units FROM line GROUP BY order_id),
   sums AS (
     SELECT order_id, sum(units) FILTER (WHERE way >= 1) AS prepared, sum(units) FILTER (WHERE way >= 2) AS shipped,
       sum(units) FILTER (WHERE way >= 3) AS out_for_delivery, sum(units) FILTER (WHERE way >= 4) AS delivered
     FROM parcel GROUP BY order_id),
   book AS (
     SELECT d.order_id, concat_ws('/', d.ordered, d.prepared, d.shipped, d.out_for_delivery, d.delivered) AS told,
       concat_ws('/', coalesce(o.units, 0), coalesce(s.prepared, 0), coalesce(s.shipped, 0), coalesce(s.out_for_delivery, 0),
         coalesce(s.delivered, 0)) AS counted
     FROM d LEFT JOIN ordered o USING (order_id) LEFT JOIN sums s USING (order_id)),
   said AS (
     SELECT e.fulfillment_id, max(array_position('{PREPARING,SHIPPED,OUT_FOR_DELIVERY,DELIVERED}', e.status)) AS way
     FROM tracking_event e JOIN parcel ON parcel.id = e.fulfillment_id GROUP BY 1)
   SELECT 'fulfilled' AS invariant, concat(order_id, ' ', line_id) AS subject,
     format('%s of %s are sent, %s are in parcels', fulfilled, ordered, coalesce(quantity, 0)) AS detail
   FROM line LEFT JOIN packed USING (order_id, line_id) WHERE fulfilled > ordered OR fulfilled <> coalesce(quantity, 0)
   UNION ALL SELECT 'progress', order_id, format('%s ordered, prepared, shipped, out and delivered; its parcels come to %s', told, counted)
   FROM book WHERE told <> counted
   UNION ALL SELECT 'tracking', id, format('%s, shipped at %s, delivered at %s, but as far as %s was said', status, coalesce(shipped_at::text, 'no time'),
     coalesce(delivered_at::text, 'no time'), coalesce((ARRAY['PREPARING', 'SHIPPED', 'OUT_FOR_DELIVERY', 'DELIVERED'])[said.way], 'nothing'))
   FROM parcel LEFT JOIN said ON said.fulfillment_id = id
   WHERE said.way IS NULL OR said.way > greatest(parcel.way, 1) OR (parcel.way >= 2) <> (shipped_at IS NOT NULL)
     OR (parcel.way = 4) <> (delivered_at IS NOT NULL) OR delivered_at < shipped_at
   UNION ALL SELECT 'outbox', id, format('%s is not handled since %s', topic, created_at) FROM outbox WHERE created_at < now() - interval '1 minute'
   LIMIT 100`,
  'values',
);
