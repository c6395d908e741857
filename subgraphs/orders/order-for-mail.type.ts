import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { DeliveryAddress } from '#subgraphs/carts/contracts/delivery-address.type.ts';
import { DeliveryOption } from '#subgraphs/shipping/contracts/delivery-option.type.ts';
import { OrderCost, OrderLine, type PaymentStatus, PaymentStatusEnum } from './order.type.ts';

/** What a mail says of an order, for notifications. */
@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class OrderForMail {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  number!: string;

  @Field(() => String)
  email!: string;

  @Field(() => DateTimeScalar)
  placedAt!: Date;

  @Field(() => PaymentStatusEnum)
  paymentStatus!: PaymentStatus;

  @Field(() => String)
  accessToken!: string;

  @Field(() => ID, { nullable: true })
  customerId?: string | null;

  @Field(() => [OrderLine])
  lines!: OrderLine[];

  @Field(() => OrderCost)
  cost!: OrderCost;

  @Field(() => DeliveryAddress)
  deliveryAddress!: DeliveryAddress;

  @Field(() => DeliveryOption)
  deliveryOption!: DeliveryOption;
}
