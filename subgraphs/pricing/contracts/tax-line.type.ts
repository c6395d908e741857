import { Directive, Field, ObjectType } from 'type-graphql';
import { MoneyType } from '#platform/graphql/money.type.ts';
import { DecimalScalar } from '#platform/graphql/scalars.ts';

@Directive('@shareable')
@ObjectType({ simpleResolvers: true })
export class TaxLine {
  @Field(() => String)
  title!: string;

  /** A fraction of 1 as a decimal, e.g. `0.19`. */
  @Field(() => DecimalScalar)
  rate!: string;

  @Field(() => MoneyType)
  amount!: MoneyType;
}
