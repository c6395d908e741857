import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { MoneyType } from '#platform/graphql/money.type.ts';

@Directive('@shareable')
@ObjectType({ simpleResolvers: true })
export class IntRange {
  @Field(() => Int)
  min!: number;

  @Field(() => Int)
  max!: number;
}

@Directive('@shareable')
@ObjectType({ simpleResolvers: true })
export class DeliveryOption {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => MoneyType)
  price!: MoneyType;

  @Field(() => IntRange)
  estimatedDays!: IntRange;
}
