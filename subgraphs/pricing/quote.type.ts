import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { MoneyType } from '#platform/graphql/money.type.ts';
import { TaxLine } from './contracts/tax-line.type.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class QuoteLine {
  @Field(() => ID)
  lineId!: string;

  @Field(() => MoneyType)
  discount!: MoneyType;

  @Field(() => MoneyType)
  tax!: MoneyType;

  @Field(() => MoneyType)
  total!: MoneyType;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class QuoteCode {
  @Field(() => String)
  code!: string;

  @Field(() => Boolean)
  applicable!: boolean;

  @Field(() => String, { nullable: true })
  reason?: string | null;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class Quote {
  @Field(() => [QuoteLine])
  lines!: QuoteLine[];

  @Field(() => MoneyType)
  subtotal!: MoneyType;

  @Field(() => MoneyType)
  discount!: MoneyType;

  @Field(() => MoneyType, { nullable: true })
  shipping?: MoneyType | null;

  @Field(() => MoneyType)
  tax!: MoneyType;

  @Field(() => Boolean)
  taxIncluded!: boolean;

  @Field(() => [TaxLine])
  taxLines!: TaxLine[];

  @Field(() => MoneyType)
  total!: MoneyType;

  @Field(() => [QuoteCode])
  codes!: QuoteCode[];

  @Field(() => Boolean, { description: 'True until country and shipping are known.' })
  isEstimate!: boolean;
}
