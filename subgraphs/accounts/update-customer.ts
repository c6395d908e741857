import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Authenticated } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { CustomerPayload } from './account-payload.type.ts';
import { shownCustomer } from './customer.loaders.ts';
import { database } from './database.ts';
import { customerName } from './rules/customer-name.ts';

@InputType()
export class CustomerUpdateInput {
  @Field(() => String, { nullable: true })
  name?: string | null;
}

@Resolver()
export class UpdateCustomer {
  @Authenticated()
  @Mutation(() => CustomerPayload)
  customerUpdate(@Arg('input', () => CustomerUpdateInput) input: CustomerUpdateInput, @Ctx() context: Context) {
    return payload(() => updateCustomer(context, input));
  }
}

/** Changes what is given; a null name takes the name away. */
export async function updateCustomer(context: Context, input: CustomerUpdateInput) {
  const row = await database.prisma.customer.update({
    where: { id: context.signedIn().customerId },
    data: input.name === undefined ? {} : { name: customerName(input.name) },
  });
  return { customer: shownCustomer(row) };
}
