import { Field, ObjectType } from 'type-graphql';
import { CountryCodeScalar, CurrencyCodeScalar } from '#platform/graphql/scalars.ts';

@ObjectType()
export class Shop {
  @Field(() => String)
  name!: string;

  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Field(() => [CountryCodeScalar])
  countries!: string[];

  @Field(() => String)
  paymentProvider!: string;

  @Field(() => String, { nullable: true, description: "For the payment provider's form in the browser or app." })
  paymentPublishableKey?: string | null;
}
