import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Authenticated } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { AddressPayload } from './account-payload.type.ts';
import { changeAddresses, requireAddress } from './address-book.ts';

@InputType()
export class AddressDeleteInput {
  @Field(() => ID)
  id!: string;
}

@Resolver()
export class DeleteAddress {
  @Authenticated()
  @Mutation(() => AddressPayload)
  addressDelete(@Arg('input', () => AddressDeleteInput) input: AddressDeleteInput, @Ctx() context: Context) {
    return payload(() => deleteAddress(context, input));
  }
}

/** Takes an address out of the book and answers it as it was. Orders keep their own copy. */
export async function deleteAddress(context: Context, input: AddressDeleteInput) {
  const { customerId } = context.signedIn();
  const address = await changeAddresses(customerId, async (transaction) => {
    const { id } = await requireAddress(transaction, customerId, input.id);
    return transaction.address.delete({ where: { id } });
  });
  return { address };
}
