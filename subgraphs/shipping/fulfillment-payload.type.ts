import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { Fulfillment } from './fulfillment.type.ts';

export enum FulfillmentErrorCode {
  ORDER_NOT_FOUND = 'ORDER_NOT_FOUND',
  LINE_NOT_FOUND = 'LINE_NOT_FOUND',
  INVALID_QUANTITY = 'INVALID_QUANTITY',
  ALREADY_FULFILLED = 'ALREADY_FULFILLED',
  NOT_PAID = 'NOT_PAID',
  FULFILLMENT_NOT_FOUND = 'FULFILLMENT_NOT_FOUND',
  INVALID_TRANSITION = 'INVALID_TRANSITION',
}
registerEnumType(FulfillmentErrorCode, { name: 'FulfillmentErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class FulfillmentError extends UserError {
  @Field(() => FulfillmentErrorCode)
  code!: FulfillmentErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class FulfillmentPayload {
  @Field(() => Fulfillment, { nullable: true })
  fulfillment?: Fulfillment | null;

  @Field(() => [FulfillmentError])
  userErrors!: FulfillmentError[];
}
