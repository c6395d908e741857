import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '#platform/graphql/connection.type.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';

/** The number is kept with the notification, so that a list of them needs no hop to orders. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Order', { simpleResolvers: true })
export class OrderReference {
  @Field(() => ID)
  id!: string;

  @Directive('@external')
  @Field(() => String)
  number!: string;
}

@ObjectType({ simpleResolvers: true })
export class Notification {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  body!: string;

  @Directive('@provides(fields: "number")')
  @Field(() => OrderReference, { nullable: true })
  order?: OrderReference | null;

  @Field(() => DateTimeScalar, { nullable: true })
  readAt?: Date | null;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  /** Not of the API: its place among the customer's notifications, growing by one. */
  seq!: number;
}

@ObjectType({ simpleResolvers: true })
export class NotificationConnection extends connectionOf('Notification', () => Notification).Connection {
  @Field(() => Int)
  unreadCount!: number;
}

/** `notifications` is resolved in notification.queries.ts. */
@Directive('@key(fields: "id")')
@ObjectType('Customer')
export class CustomerReference {
  @Field(() => ID)
  id!: string;
}

/** Published when a customer's notifications grow. */
export const inboxTopic = (customerId: string): string => `notifications:${customerId}`;
