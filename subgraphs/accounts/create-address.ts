import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { Authenticated } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { CountryCodeScalar } from '#platform/graphql/scalars.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { AddressPayload } from './account-payload.type.ts';
import { changeAddresses, clearDefault } from './address-book.ts';
import { shopConfig } from './config.ts';
import { newAddress, requireCountry } from './rules/address-fields.ts';

const MOST_ADDRESSES = 50;

@InputType()
export class AddressCreateInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  line1!: string;

  @Field(() => String, { nullable: true })
  line2?: string | null;

  @Field(() => String)
  city!: string;

  @Field(() => String, { nullable: true })
  region?: string | null;

  @Field(() => String)
  postalCode!: string;

  @Field(() => CountryCodeScalar)
  country!: string;

  @Field(() => String, { nullable: true })
  phone?: string | null;

  @Field(() => Boolean, { nullable: true })
  isDefault?: boolean | null;
}

@Resolver()
export class CreateAddress {
  @Authenticated()
  @Mutation(() => AddressPayload)
  addressCreate(@Arg('input', () => AddressCreateInput) input: AddressCreateInput, @Ctx() context: Context) {
    return payload(() => createAddress(context, input));
  }
}

/** Adds to the book. The first address is the default unless it is said not to be. */
export async function createAddress(context: Context, input: AddressCreateInput) {
  const { customerId } = context.signedIn();
  const lines = newAddress(input);
  const country = requireCountry(input.country, shopConfig.countries);
  const address = await changeAddresses(customerId, async (transaction) => {
    const count = await transaction.address.count({ where: { customerId } });
    if (count >= MOST_ADDRESSES) {
      throw new Refusal('ADDRESS_INVALID', `The book holds ${MOST_ADDRESSES} addresses. Delete one first.`);
    }
    const isDefault = input.isDefault ?? count === 0;
    if (isDefault) await clearDefault(transaction, customerId);
    return transaction.address.create({ data: { id: newId('adr'), customerId, ...lines, country, isDefault } });
  });
  return { address };
}
