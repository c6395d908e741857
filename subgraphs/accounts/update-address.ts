import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Authenticated } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { CountryCodeScalar } from '#platform/graphql/scalars.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { AddressPayload } from './account-payload.type.ts';
import { changeAddresses, clearDefault, requireAddress } from './address-book.ts';
import { shopConfig } from './config.ts';
import { changedAddress, requireCountry } from './rules/address-fields.ts';

@InputType()
export class AddressUpdateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true })
  line1?: string | null;

  @Field(() => String, { nullable: true })
  line2?: string | null;

  @Field(() => String, { nullable: true })
  city?: string | null;

  @Field(() => String, { nullable: true })
  region?: string | null;

  @Field(() => String, { nullable: true })
  postalCode?: string | null;

  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => String, { nullable: true })
  phone?: string | null;

  @Field(() => Boolean, { nullable: true })
  isDefault?: boolean | null;
}

@Resolver()
export class UpdateAddress {
  @Authenticated()
  @Mutation(() => AddressPayload)
  addressUpdate(@Arg('input', () => AddressUpdateInput) input: AddressUpdateInput, @Ctx() context: Context) {
    return payload(() => updateAddress(context, input));
  }
}

/** Changes the lines that are given. Null empties a line that may be empty; of country and isDefault it changes nothing. */
export async function updateAddress(context: Context, input: AddressUpdateInput) {
  const { customerId } = context.signedIn();
  const lines = changedAddress(input);
  const country = input.country == null ? {} : { country: requireCountry(input.country, shopConfig.countries) };
  const standing = input.isDefault == null ? {} : { isDefault: input.isDefault };
  const address = await changeAddresses(customerId, async (transaction) => {
    const { id } = await requireAddress(transaction, customerId, input.id);
    if (input.isDefault) await clearDefault(transaction, customerId);
    return transaction.address.update({ where: { id }, data: { ...lines, ...country, ...standing } });
  });
  return { address };
}
