import { Arg, Directive, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { database } from './database.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class StockReservation {
  @Field(() => ID)
  orderId!: string;

  @Field(() => String, { description: 'RESERVED, COMMITTED, SHIPPED, RELEASED or EXPIRED' })
  state!: string;
}

@Resolver()
export class ReservationQueries {
  @Internal()
  @Query(() => [StockReservation])
  async stockReservations(@Arg('orderIds', () => [ID]) orderIds: string[]): Promise<StockReservation[]> {
    return (await states(orderIds)).map(({ order_id: orderId, state }) => ({ orderId, state }));
  }
}

const states = database.statement<{ order_id: string; state: string }>(
  'inventory.reservation-states',
  'SELECT order_id, state::text FROM reservation WHERE order_id = ANY($1::text[])',
);
