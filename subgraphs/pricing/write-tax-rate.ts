import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { CountryCodeScalar, DateTimeScalar, DecimalScalar } from '#platform/graphql/scalars.ts';
import { payload, UserError } from '#platform/graphql/user-error.type.ts';
import type { TaxRate as TaxRow } from '#prisma/pricing/generated/client.ts';
import { database } from './database.ts';
import { newTaxRate } from './rules/new-tax-rate.ts';
import { rateAsDecimal } from './rules/price-cart.ts';
import { taxRates } from './tax-rates.ts';

@ObjectType({ simpleResolvers: true, description: 'A tax of a country from a day on; a later one replaces it.' })
export class TaxRate {
  @Field(() => CountryCodeScalar)
  country!: string;

  @Field(() => ID, { nullable: true, description: 'The goods it is for; null for all others, and for delivery.' })
  categoryId?: string | null;

  @Field(() => String)
  title!: string;

  @Field(() => DecimalScalar, { description: 'A fraction of 1, e.g. `0.19`.' })
  rate!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether prices contain the taxes of the country; null for a category.',
  })
  included?: boolean | null;

  @Field(() => DateTimeScalar)
  validFrom!: Date;
}

@InputType()
export class TaxRateInput {
  @Field(() => CountryCodeScalar)
  country!: string;

  @Field(() => ID, { nullable: true })
  categoryId?: string | null;

  @Field(() => String, { description: 'What shoppers read, e.g. VAT.' })
  title!: string;

  @Field(() => DecimalScalar, { description: 'A fraction of 1, e.g. `0.19`.' })
  rate!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether prices contain the taxes of the country, or they come on top; default true.',
  })
  included?: boolean | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Its day in UTC counts; default today.' })
  validFrom?: Date | null;
}

enum TaxRateErrorCode {
  TITLE_INVALID = 'TITLE_INVALID',
  CATEGORY_INVALID = 'CATEGORY_INVALID',
  RATE_INVALID = 'RATE_INVALID',
  INCLUDED_INVALID = 'INCLUDED_INVALID',
}
registerEnumType(TaxRateErrorCode, { name: 'TaxRateErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
class TaxRateError extends UserError {
  @Field(() => TaxRateErrorCode)
  code!: TaxRateErrorCode;
}

@ObjectType({ simpleResolvers: true })
class TaxRatePayload {
  @Field(() => TaxRate, { nullable: true })
  taxRate?: TaxRate | null;

  @Field(() => [TaxRateError])
  userErrors!: TaxRateError[];
}

const MOST_ROWS = 1_000;

@Resolver()
export class TaxRates {
  @RequiresScopes('taxes:write')
  @Query(() => [TaxRate], { nullable: true, description: 'Past and future ones too, at most 1000. taxes:write' })
  async taxRates(@Ctx() _context: Context): Promise<TaxRate[]> {
    const orderBy = [{ country: 'asc' as const }, { categoryId: 'asc' as const }, { validFrom: 'asc' as const }];
    return (await database.prisma.taxRate.findMany({ orderBy, take: MOST_ROWS })).map(toTaxRate);
  }

  @RequiresScopes('taxes:write')
  @Mutation(() => TaxRatePayload, {
    description:
      'One a country, category and day: setting it again replaces it. A rate of 0 ends a tax. Carts see it within a minute; orders keep what was bought. taxes:write',
  })
  taxRateSet(@Arg('input', () => TaxRateInput) input: TaxRateInput, @Ctx() _context: Context) {
    return payload(() => setTaxRate(input));
  }
}

async function setTaxRate(input: TaxRateInput) {
  const row = newTaxRate(input, new Date());
  const { country, categoryId, validFrom } = row;
  const written = await database.prisma.taxRate.upsert({
    where: { country_categoryId_validFrom: { country, categoryId, validFrom } },
    create: row,
    update: row,
  });
  taxRates.forget();
  return { taxRate: toTaxRate(written) };
}

const toTaxRate = ({ categoryId, rate, included, ...row }: TaxRow): TaxRate => ({
  ...row,
  categoryId: categoryId || null,
  rate: rateAsDecimal(rate),
  included: categoryId ? null : included,
});
