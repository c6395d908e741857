import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import { type Money, toDecimal } from '#platform/money/money.ts';
import { CacheControl } from './cache-control.ts';
import { CurrencyCodeScalar, DecimalScalar } from './scalars.ts';

@Directive('@shareable')
@CacheControl({ inheritMaxAge: true })
@ObjectType('Money', { simpleResolvers: true })
export class MoneyType {
  @Field(() => DecimalScalar)
  amount!: string;

  @Field(() => CurrencyCodeScalar)
  currency!: string;
}

@InputType()
export class MoneyInput {
  @Field(() => DecimalScalar)
  amount!: string;

  @Field(() => CurrencyCodeScalar)
  currency!: string;
}

/** An amount as the API shows it. */
export const shown = (amount: Money): MoneyType => ({ amount: toDecimal(amount), currency: amount.currency });
