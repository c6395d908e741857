import { Field, ObjectType } from 'type-graphql';
import { CountryCodeScalar, CurrencyCodeScalar, LocaleScalar } from '#platform/graphql/scalars.ts';

@ObjectType({ simpleResolvers: true })
export class Shop {
  @Field(() => String)
  name!: string;

  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Field(() => [LocaleScalar])
  locales!: string[];

  @Field(() => [CountryCodeScalar])
  countries!: string[];

  @Field(() => String)
  paymentProvider!: string;

  @Field(() => String, { nullable: true, description: "For the payment provider's form in the browser or app." })
  paymentPublishableKey?: string | null;
}
