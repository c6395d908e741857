import { Field, ObjectType } from 'type-graphql';
import { MoneyType } from '#platform/graphql/money.type.ts';
import { Order, PaymentAction } from '../order.type.ts';
import { OrderError } from '../order-error.type.ts';

@ObjectType({
  simpleResolvers: true,
  description: '`balance` is what the shopper has to pay before the order goes on; 0 when it does already.',
})
export class OrderEditPayload {
  @Field(() => Order, { nullable: true })
  order?: Order | null;

  @Field(() => MoneyType, { nullable: true })
  balance?: MoneyType | null;

  @Field(() => [OrderError])
  userErrors!: OrderError[];
}

@ObjectType({ simpleResolvers: true, description: '`nextAction` is set when the shopper must still act (3-D Secure).' })
export class OrderPayPayload {
  @Field(() => Order, { nullable: true })
  order?: Order | null;

  @Field(() => PaymentAction, { nullable: true })
  nextAction?: PaymentAction | null;

  @Field(() => [OrderError])
  userErrors!: OrderError[];
}
