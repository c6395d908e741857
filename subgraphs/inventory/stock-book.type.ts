import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '#platform/graphql/connection.type.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { Location } from './location.type.ts';

@ObjectType({ simpleResolvers: true, description: 'What lies at a location, and what of it is promised to orders.' })
export class StockAtLocation {
  @Field(() => Location)
  location!: Location;

  @Field(() => Int)
  onHand!: number;

  @Field(() => Int)
  reserved!: number;

  @Field(() => Int, { description: 'On hand and not reserved; below 0 where it is backordered.' })
  available!: number;
}

@ObjectType({ simpleResolvers: true })
export class StockPolicy {
  @Field(() => Boolean)
  backorderable!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'How many may be ordered beyond what there is; any number when null.',
  })
  backorderLimit?: number | null;

  @Field(() => Int)
  lowStockThreshold!: number;
}

export enum StockMovementReason {
  SEEDED = 'SEEDED',
  SET = 'SET',
  SHIPPED = 'SHIPPED',
  RETURNED = 'RETURNED',
}
registerEnumType(StockMovementReason, { name: 'StockMovementReason' });

@ObjectType({ simpleResolvers: true, description: 'A line of the journal that what is on hand is the sum of.' })
export class StockMovement {
  @Field(() => ID)
  id!: string;

  @Field(() => Location)
  location!: Location;

  @Field(() => Int, { description: 'What came in, or, below 0, went out.' })
  change!: number;

  @Field(() => StockMovementReason)
  reason!: StockMovementReason;

  @Field(() => ID, { nullable: true })
  orderId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The fulfillment, the return or the member of staff behind it.' })
  causeId?: string | null;

  @Field(() => DateTimeScalar)
  at!: Date;
}

export const { Edge: StockMovementEdge, Connection: StockMovementConnection } = connectionOf(
  'StockMovement',
  () => StockMovement,
);
