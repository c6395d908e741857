import { Arg, Directive, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { database } from './database.ts';
import { announceStock } from './stock-news.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class StockReleasePayload {
  @Field(() => Boolean, { description: 'False when the goods have left already.' })
  released!: boolean;
}

@Resolver()
export class ReleaseStockResolver {
  @Internal()
  @Mutation(() => StockReleasePayload, {
    description: 'Safe before, after and without a reservation: a later stockReserve of this order id is refused.',
  })
  stockRelease(@Arg('orderId', () => ID) orderId: string): Promise<StockReleasePayload> {
    return releaseStock(orderId);
  }
}

/** Gives back what an order holds, once, and bars the order from ever holding stock. */
export async function releaseStock(orderId: string): Promise<StockReleasePayload> {
  const [result] = await release(orderId);
  announceStock(result?.given ?? []);
  return { released: result?.released ?? false };
}

/** The upsert sees a reservation that committed while this waited, lines and all; then stock is locked. */
const release = database.statement<{ released: boolean; given: string[] }>(
  'inventory.release',
  `WITH gate AS (SELECT pg_advisory_xact_lock(hashtextextended($1, 0))),
   released AS (
     INSERT INTO reservation AS r (order_id, state, variant_ids, location_ids, quantities) SELECT $1, 'RELEASED', '{}', '{}', '{}' FROM gate
     ON CONFLICT (order_id) DO UPDATE
       SET state = 'RELEASED', previous_state = r.state, expires_at = NULL, changed_at = now()
       WHERE r.state <> 'SHIPPED'
     RETURNING previous_state, variant_ids, location_ids, quantities),
   locked AS (
     SELECT s.*, line.quantity
     FROM released CROSS JOIN unnest(released.variant_ids, released.location_ids, released.quantities)
       AS line(variant_id, location_id, quantity)
     JOIN stock s USING (variant_id, location_id)
     WHERE released.previous_state IN ('RESERVED', 'COMMITTED')
     ORDER BY s.variant_id COLLATE "C", s.location_id COLLATE "C" FOR NO KEY UPDATE OF s),
   given AS (
     UPDATE stock s SET on_hand = locked.on_hand, reserved = locked.reserved - quantity FROM locked
     WHERE s.variant_id = locked.variant_id AND s.location_id = locked.location_id RETURNING s.variant_id)
   SELECT EXISTS (SELECT FROM released) AS released, ARRAY(SELECT DISTINCT variant_id FROM given) AS given`,
);
